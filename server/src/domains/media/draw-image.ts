import { readFile } from "node:fs/promises";
import { fileLimits } from "@grata/contract/file-limits";
import type { Sharp } from "sharp";
import { loadSharp } from "../../foundation/images/load-sharp.ts";
import { createTurns } from "../../foundation/jobs/turns.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Incoming, Processed } from "./process.ts";

/** The longest side of what is kept, and of what stands in the chat: twice what is shown, for sharp screens. */
const side = 4096;
const thumbnailSide = 640;
const secondsToDraw = 20;

/** Decoded pixels fill memory: more at once would not be faster on the threads that there are. */
const takeTurn = createTurns({ atOnce: 2, waitingAtMost: 50, refusal: () => new Refusal("unavailable") });

/** What each format is drawn as, and the ending of its name then. */
const drawn: Record<string, { ending: string; mediaType: string; encode(image: Sharp): Sharp }> = {
  "image/jpeg": { ending: "jpg", mediaType: "image/jpeg", encode: (image) => image.jpeg({ quality: 88 }) },
  "image/png": { ending: "png", mediaType: "image/png", encode: (image) => image.png() },
  "image/webp": { ending: "webp", mediaType: "image/webp", encode: (image) => image.webp({ quality: 88 }) },
  "image/gif": { ending: "gif", mediaType: "image/gif", encode: (image) => image.gif() },
  // Made anew it would take a second for each megapixel.
  "image/avif": { ending: "webp", mediaType: "image/webp", encode: (image) => image.webp({ quality: 88 }) },
};

/**
 * Draws an image anew, off the event loop: upright, without anything else that was in its file, and small for the chat.
 * Throws `image_too_many_pixels`, `image_unreadable`, and `unavailable` when too many wait already.
 */
export async function drawImage({ path, name, type }: Incoming): Promise<Processed> {
  const format = drawn[type.mediaType];
  if (!format) throw new Refusal("file_mismatched");
  return takeTurn(async () => {
    const sharp = await loadSharp();
    const file = await readFile(path);
    const animated = type.mediaType === "image/gif" || type.mediaType === "image/webp";
    // The header alone: a picture of a million by a million pixels is refused before one of them is made.
    const { width, height } = await sharp(file, { animated, limitInputPixels: false })
      .metadata()
      .catch(unreadable);
    // Of an animation the height is that of all pages.
    if (width * height > fileLimits.pixels) throw new Refusal("image_too_many_pixels");
    const open = (moving: boolean) =>
      sharp(file, { animated: moving, limitInputPixels: fileLimits.pixels })
        .timeout({ seconds: secondsToDraw })
        .autoOrient();
    const [content, thumbnail] = await Promise.all([
      format.encode(fit(open(animated), side)).toBuffer({ resolveWithObject: true }),
      fit(open(false), thumbnailSide).webp({ quality: 80 }).toBuffer(),
    ]).catch(unreadable);
    const { info } = content;
    return {
      facts: {
        kind: "image",
        name: withEnding(name, format.ending),
        mediaType: format.mediaType,
        width: info.width,
        height: info.pageHeight ?? info.height,
      },
      content: content.data,
      thumbnail,
    };
  });
}

const fit = (image: Sharp, longest: number) =>
  image.resize({ width: longest, height: longest, fit: "inside", withoutEnlargement: true });

/** The name with the ending that tells the truth; one that did already stays as it was written. */
function withEnding(name: string, ending: string): string {
  const dot = name.lastIndexOf(".");
  const own = name.slice(dot + 1).toLowerCase();
  return own === ending || (own === "jpeg" && ending === "jpg") ? name : `${name.slice(0, dot)}.${ending}`;
}

function unreadable(): never {
  throw new Refusal("image_unreadable");
}
