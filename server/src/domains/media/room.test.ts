import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createRoom } from "./room.ts";
import { StoreFull } from "./store/port.ts";

async function open() {
  const folder = await mkdtemp(join(tmpdir(), "grata-room-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const log: string[] = [];
  const room = createRoom(join(folder, "incoming"), { warn: (sentence) => void log.push(sentence) });
  return { room, log };
}

const full = { code: "storage_full" };

test.each([
  ["a disk", () => writeFile("/dev/full", "x")],
  ["a bucket", () => Promise.reject(new StoreFull("S3 said 507"))],
])(
  "C4: %s without room refuses files with a sentence, and the log says so once, until there is room",
  async (_, store) => {
    const { room, log } = await open();
    for (let time = 0; time < 3; time++) await expect(room.take(1, store)).rejects.toMatchObject(full);
    expect(log).toEqual([expect.stringMatching(/ENOSPC|507/)]);
    expect(await room.take(1, async () => "stored")).toBe("stored");
    expect(log).toHaveLength(2);
    await expect(room.take(1, store)).rejects.toMatchObject(full);
    expect(log).toHaveLength(3);
  },
);

test("C4: another fault while storing stays what it is", async () => {
  const { room, log } = await open();
  const fault = () => Promise.reject(new Error("The store stumbled."));
  await expect(room.take(1, fault)).rejects.toThrow("stumbled");
  expect(log).toEqual([]);
});

test("C4: a file that would leave too little on the disk is refused before a byte of it is read, smaller ones are not", async () => {
  const { room, log } = await open();
  for (let time = 0; time < 3; time++) {
    await expect(room.take(Number.MAX_SAFE_INTEGER, never)).rejects.toMatchObject(full);
    expect(await room.take(1, async () => "stored")).toBe("stored");
  }
  expect(log).toEqual([expect.stringMatching(/\d+ MB are free/)]);
});

const never = () => Promise.reject(new Error("It was begun."));
