import { PassThrough, type Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { ZipFile } from "yazl";

/** One file of an archive. What is packed already is only put in. */
export type ZipEntry = { path: string; content: Readable; isPacked: boolean };

/**
 * An archive that is made while it is read: of its contents one is open at a time. It ends in an error when one of them
 * does, and closes the one that is open when its reader goes away.
 */
export function zipOf(entries: AsyncIterable<ZipEntry>): Readable {
  const zip = new ZipFile();
  const archive = zip.outputStream.pipe(new PassThrough());
  let open: Readable | null = null;
  zip.on("error", (error) => archive.destroy(error));
  archive.once("close", () => open?.destroy());

  async function fill(): Promise<void> {
    for await (const { path, content, isPacked } of entries) {
      open = content;
      if (archive.destroyed) return void content.destroy();
      zip.addReadStream(content, path, { compress: !isPacked });
      await finished(content, { writable: false });
    }
    zip.end();
  }
  fill().catch((error: Error) => archive.destroy(error));
  return archive;
}
