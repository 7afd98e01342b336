import { createHash } from "node:crypto";
import { type LogoType, logoLimits } from "@grata/contract/own-entrance";
import { loadSharp } from "../../../foundation/images/load-sharp.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";

/** The longest side of what is kept: twice what is shown, for sharp screens. */
const side = 512;

/** How the files of each kind begin. Nothing else ever reaches a decoder. */
const beginnings: Record<LogoType, RegExp> = {
  "image/png": /^89504e470d0a1a0a/,
  "image/jpeg": /^ffd8ff/,
  "image/webp": /^52494646.{8}57454250/,
};

/**
 * Draws a picture anew, off the event loop: upright, at most 512 pixels wide and high, as WebP, without anything else
 * that was in its file. Throws `logo_mismatched`, `logo_too_wide`, `logo_unreadable`.
 */
export async function drawLogo(file: Buffer, type: LogoType): Promise<{ content: Buffer; hash: string }> {
  if (!beginnings[type].test(file.toString("hex", 0, 16))) throw new Refusal("logo_mismatched");
  const sharp = await loadSharp();
  // The header alone: a picture of a million by a million pixels is refused before one of them is made.
  const { width, height } = await sharp(file, { limitInputPixels: false }).metadata().catch(unreadable);
  if (Math.max(width, height) > logoLimits.side) throw new Refusal("logo_too_wide");
  const content = await sharp(file, { limitInputPixels: logoLimits.side ** 2 })
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 90, smartSubsample: true })
    .timeout({ seconds: 10 })
    .toBuffer()
    .catch(unreadable);
  return { content, hash: createHash("sha256").update(content).digest("hex").slice(0, 32) };
}

function unreadable(): never {
  throw new Refusal("logo_unreadable");
}
