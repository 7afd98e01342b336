import { expect, test } from "vitest";
import { runLimited } from "./limited-process.ts";

const room = { output: 1000, third: 1000 };
const limits = { milliseconds: 30_000, bytes: null };
const node = (script: string) => ["-e", script];

test("C5: what a program writes to its two outputs, what it complains about and how it ended is told", async () => {
  const script =
    'console.log("samples"); require("fs").writeSync(3, "mp3"); console.error("why"); process.exitCode = 4';
  const outcome = await runLimited(process.execPath, node(script), limits, room);
  expect(outcome).toMatchObject({ kind: "ended", code: 4, complaints: "why\n" });
  expect(outcome).toMatchObject({ output: Buffer.from("samples\n"), third: Buffer.from("mp3") });
});

test("C5: a program that takes too long is killed", async () => {
  const began = Date.now();
  const outcome = await runLimited(
    process.execPath,
    node("while (true);"),
    { ...limits, milliseconds: 500 },
    room,
  );
  expect(outcome).toEqual({ kind: "stopped", why: "time" });
  expect(Date.now() - began).toBeLessThan(20_000);
});

test.each(["process.stdout", 'require("fs").createWriteStream(null, { fd: 3 })'])(
  "C5: a program that writes without end to %s is killed",
  async (stream) => {
    const script = `const s = ${stream}; (function more() { s.write("x".repeat(500), more) })()`;
    const outcome = await runLimited(process.execPath, node(script), limits, room);
    expect(outcome).toEqual({ kind: "stopped", why: "output" });
  },
);

test.skipIf(process.platform !== "linux")("C5: a program gets no more memory than it may have", async () => {
  const bytes = 4 * 1024 ** 3;
  const script = `try { Buffer.alloc(${bytes}) } catch { process.exitCode = 3 }`;
  const outcome = await runLimited(process.execPath, node(script), { ...limits, bytes }, room);
  expect(outcome).toMatchObject({ kind: "ended", code: 3 });
});

test("C5: a program gets nothing of our environment, and words for the shell stay words", async () => {
  process.env.GRATA_TEST_SECRET = "secret";
  const script = "console.log(process.env.GRATA_TEST_SECRET, process.argv[1])";
  const outcome = await runLimited(process.execPath, [...node(script), "$(id); `id` 'x"], limits, room);
  delete process.env.GRATA_TEST_SECRET;
  expect(outcome).toMatchObject({ output: Buffer.from("undefined $(id); `id` 'x\n") });
});
