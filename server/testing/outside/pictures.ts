import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** A real picture: red on the left, blue on the right. */
export function picture(width = 600, height = 300) {
  const half = { width: Math.ceil(width / 2), height, channels: 4, background: "#0000ff" } as const;
  return sharp({ create: { width, height, channels: 4, background: "#ff0000" } }).composite([
    { input: { create: half }, gravity: "east" },
  ]);
}

/** A PNG whose header says this size, whatever pixels it has. */
export function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  const pixels = deflateSync(Buffer.alloc(1_000));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    pngPart("IHDR", header),
    pngPart("IDAT", pixels),
    pngPart("IEND", Buffer.alloc(0)),
  ]);
}

function pngPart(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A picture of one colour, as a PNG. */
export function plainPicture(background: string, width = 90, height = 60): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}
