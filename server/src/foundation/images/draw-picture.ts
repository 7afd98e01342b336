import { createHash } from "node:crypto";
import { type LogoType, logoLimits, logoTypes } from "@grata/contract/own-entrance";
import type { FitEnum } from "sharp";
import { Refusal } from "../refusal/refusal.ts";
import { loadSharp } from "./load-sharp.ts";

/** How the files of each kind begin. Nothing else ever reaches a decoder. */
const beginnings: Record<LogoType, RegExp> = {
  "image/png": /^89504e470d0a1a0a/,
  "image/jpeg": /^ffd8ff/,
  "image/webp": /^52494646.{8}57454250/,
};

/** A picture as it came: the media type that is claimed for it, and its bytes. */
export type UploadedPicture = { type: string | undefined; file: unknown };

/** `inside`: no side longer than `side`. `cover`: a square of it, cut out of the middle. */
type Frame = { side: number; fit: keyof Pick<FitEnum, "inside" | "cover"> };

/**
 * Draws a picture anew, off the event loop: upright, no larger than its frame, as WebP, without anything else that was in
 * its file. Throws `logo_type_unknown`, `logo_mismatched`, `logo_too_wide`, `logo_unreadable`.
 */
export async function drawPicture({ type, file }: UploadedPicture, { side, fit }: Frame): Promise<Buffer> {
  const known = logoTypes.find((candidate) => candidate === type);
  if (known === undefined || !Buffer.isBuffer(file)) throw new Refusal("logo_type_unknown");
  if (!beginnings[known].test(file.toString("hex", 0, 16))) throw new Refusal("logo_mismatched");
  const sharp = await loadSharp();
  // The header alone: a picture of a million by a million pixels is refused before one of them is made.
  const { width, height } = await sharp(file, { limitInputPixels: false }).metadata().catch(unreadable);
  if (Math.max(width, height) > logoLimits.side) throw new Refusal("logo_too_wide");
  return sharp(file, { limitInputPixels: logoLimits.side ** 2 })
    .autoOrient()
    .resize({ width: side, height: side, fit, withoutEnlargement: fit === "inside" })
    .webp({ quality: 90, smartSubsample: true })
    .timeout({ seconds: 10 })
    .toBuffer()
    .catch(unreadable);
}

/** Names a content: whoever does not know all of it cannot guess its address. */
export const hashOf = (...parts: (string | Buffer)[]): string =>
  parts
    .reduce((hash, part) => hash.update(part), createHash("sha256"))
    .digest("hex")
    .slice(0, 32);

function unreadable(): never {
  throw new Refusal("logo_unreadable");
}
