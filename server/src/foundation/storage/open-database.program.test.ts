import { join } from "node:path";
import { childrenOf, postmasterOf } from "@grata/embedded-postgres/testing/processes";
import { newDataFolder } from "@grata/embedded-postgres/testing/world";
import { expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { runProgram } from "../../../testing/servers/program.ts";

test("H1: the log says in one line each why the embedded database went away, and that it is back", async () => {
  const dataFolder = newDataFolder();
  const program = runProgram({ GRATA_DATA: dataFolder, LOG_LEVEL: "warn" });
  await program.ready();
  const postmaster = postmasterOf(join(dataFolder, "postgres"));
  const writer = childrenOf(postmaster).find(({ title }) => title.includes("walwriter"));
  process.kill(writer?.pid ?? 0, "SIGKILL");
  const lines = () =>
    program
      .output()
      .split("\n")
      .flatMap((line) => /"msg":"(The database (?:went away|is back)[^"]*)/.exec(line)?.[1] ?? []);
  await eventually(() => expect(lines()).toHaveLength(2));
  expect(lines()).toEqual([
    expect.stringMatching(/^The database went away \(.* \(PID \d+\) was terminated by signal 9: Killed\): /),
    "The database is back.",
  ]);
  expect(await program.stop()).toBe(0);
});
