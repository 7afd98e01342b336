import { join } from "node:path";
import { expect, it } from "vitest";
import { acquire, type Patience } from "./acquire.ts";
import { describeCluster } from "./cluster.ts";
import { parsePostmasterFile } from "./postmaster-file.ts";
import { postmasterOf } from "./testing/processes.ts";
import { existingDataFolder, startGrata } from "./testing/world.ts";

const impatient: Patience = {
  absent: 0,
  stopped: 0,
  obstructed: 0,
  elsewhere: 0,
  starting: 0,
  stopping: 0,
  ready: 0,
};

it("H1: gives up on a server that does not answer, in one sentence that names its process", async () => {
  const dataFolder = await existingDataFolder();
  const grata = startGrata(dataFolder);
  await grata.next("ready");
  await grata.kill();
  const cluster = await describeCluster(dataFolder);
  const postmaster = postmasterOf(join(dataFolder, "postgres"));
  process.kill(postmaster, "SIGSTOP");
  await expect(acquire(cluster, { limits: { ...impatient, ready: -1 } })).rejects.toThrow(
    `The PostgreSQL server of ${cluster.folder} (process ${postmaster}) is "ready" and does not become usable: end that process and start Grata again.`,
  );
});

it("H1: reads postmaster.pid at every stage of its making", () => {
  const whole = "123\n/data\n1700000000\n5432\n/run/grata-x\n\n  1 2\nready   \n";
  expect(parsePostmasterFile(whole)).toEqual({
    text: whole,
    pid: 123,
    port: 5432,
    host: "/run/grata-x",
    status: "ready",
  });
  for (let length = 0; length < whole.length; length++) {
    const { status } = parsePostmasterFile(whole.slice(0, length));
    expect(status === "ready").toBe(length >= whole.indexOf("ready") + 5);
  }
  expect(parsePostmasterFile("-9\n/data\n1\n5432\n").pid).toBe(9);
  expect(parsePostmasterFile("7\nC:/data\n1\n50123\n\n127.0.0.1\n\nready\n")).toMatchObject({
    host: "127.0.0.1",
    port: 50123,
  });
});
