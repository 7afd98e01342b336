import { createReadStream } from "node:fs";

/** Whether nothing in a file is a byte that no text has, whatever its encoding (but for UTF-16 without a mark). */
export async function isPlainText(path: string): Promise<boolean> {
  let isFirst = true;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    if (isFirst && hasWideMark(piece)) return true;
    isFirst = false;
    if (piece.includes(0)) return false;
  }
  return true;
}

/** The mark of UTF-16, as Windows writes it: then every other byte is often zero. */
function hasWideMark(piece: Buffer): boolean {
  return piece.length >= 2 && (piece.readUInt16BE(0) === 0xfffe || piece.readUInt16BE(0) === 0xfeff);
}
