import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDiskStore } from "./on-disk.ts";
import { openS3Store } from "./on-s3.ts";
import { ContentMissing, type FileStore } from "./port.ts";

let folder: string;
let s3: S3rver;
const stores: Record<string, FileStore> = {};
const keys = { region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grata-store-"));
  s3 = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: join(folder, "s3"),
    configureBuckets: [{ name: "grata", configs: [] }],
  });
  const { port } = await s3.run();
  address = `http://127.0.0.1:${port}/grata`;
  stores.disk = openDiskStore(join(folder, "files"), join(folder, "files/incoming"));
  stores.S3 = openS3Store({ address, ...keys });
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const storeOf = (name: string) => stores[name] as FileStore;
const hashOf = (content: Buffer) => createHash("sha256").update(content).digest("hex");

async function readAll(store: FileStore, ...question: Parameters<FileStore["read"]>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.read(...question)) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

describe.each(["disk", "S3"])("C4: files on %s", (name) => {
  test("what was put is read, whole and in part, from memory and from a file, once and again", async () => {
    const store = storeOf(name);
    for (const inMemory of [true, false]) {
      const content = randomBytes(300_000);
      const key = { organisationId: randomUUID(), hash: hashOf(content) };
      for (let time = 0; time < 2; time++) {
        const path = join(folder, randomUUID());
        await writeFile(path, content);
        await store.put(key, inMemory ? content : { path });
      }
      expect((await readAll(store, key)).equals(content)).toBe(true);
      const part = await readAll(store, key, { start: 10, end: 1_009 });
      expect(part.equals(content.subarray(10, 1_010))).toBe(true);
    }
  });

  test("what was removed is missing, also to another organisation, and may be removed again", async () => {
    const store = storeOf(name);
    const content = randomBytes(1_000);
    const key = { organisationId: randomUUID(), hash: hashOf(content) };
    await store.put(key, content);
    const elsewhere = { ...key, organisationId: randomUUID() };
    await expect(store.read(elsewhere)).rejects.toThrow(ContentMissing);
    await store.remove(key);
    await store.remove(key);
    await expect(store.read(key)).rejects.toThrow(ContentMissing);
  });
});

test("C4: a bucket that does not take our keys says so to the operator, and stores nothing", async () => {
  const stranger = openS3Store({ address, ...keys, accessKeyId: "another" });
  const content = randomBytes(10);
  const key = { organisationId: randomUUID(), hash: hashOf(content) };
  await expect(stranger.put(key, content)).rejects.toThrow("S3 said 403");
  await expect(storeOf("S3").read(key)).rejects.toThrow(ContentMissing);
});
