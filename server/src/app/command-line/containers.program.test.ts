import { inContainer } from "@grata/embedded-postgres/testing/container";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call } from "../../../testing/checks/http.ts";
import {
  acknowledgedBy,
  closeAll,
  expectShownToBoth,
  expectStoredOnce,
  keepWriting,
  makePair,
  type Pair,
  tryAgain,
} from "../../../testing/scenes/pairs.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { runCommand } from "../../../testing/servers/command.ts";
import { startEmbeddedProgram } from "../../../testing/servers/embedded-program.ts";
import { runProgram } from "../../../testing/servers/program.ts";

async function startInContainer() {
  const grata = await startEmbeddedProgram(inContainer("web-1"));
  const urls = { agent: grata.url, customer: grata.url };
  const pairs: Pair[] = [];
  while (pairs.length < 4) pairs.push(await makePair(grata, grata.place, urls));
  const traffic = keepWriting(pairs);

  async function expectNothingLost() {
    await traffic.stop();
    const sql = await grata.openSql();
    await expectStoredOnce(sql, pairs);
    await expectShownToBoth(sql, pairs);
    await sql.end();
    closeAll(pairs);
  }
  async function goOn() {
    const before = acknowledgedBy(pairs).length;
    await eventually(() => expect(acknowledgedBy(pairs).length).toBeGreaterThan(before + 50), 30_000);
  }
  /** Ends the first in order and starts it again on what it left. */
  async function startAgain() {
    expect(await grata.program().stop()).toBe(0);
    await grata.startAgain();
    tryAgain(pairs);
  }
  return { grata, goOn, startAgain, expectNothingLost };
}

const commandIn = (dataFolder: string, argv: string[], input?: string) =>
  runCommand({ databaseUrl: "", container: inContainer("shell") }, argv, { GRATA_DATA: dataFolder }, input);

describe("a second container on the data folder of a server under load", { timeout: 180_000 }, () => {
  test("H1: a second server says who has the folder and ends, and every acknowledged message is there", async () => {
    const { grata, goOn, startAgain, expectNothingLost } = await startInContainer();
    await goOn();
    for (let round = 0; round < 2; round++) {
      const second = runProgram({ GRATA_DATA: grata.dataFolder }, inContainer("web-2"));
      const { code, stdout, stderr } = await second.ended;
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(
        /^Another Grata \(.* with the host name web-1, since .*\) is running on [^\n]+\n$/,
      );
      await goOn();
    }
    await startAgain();
    await goOn();
    await expectNothingLost();
  });

  test("H1: commands work on the running server, whose address their links have, and nothing is lost", async () => {
    const { grata, goOn, startAgain, expectNothingLost } = await startInContainer();
    await goOn();
    const { email } = await makeUser(grata, grata.place.organisationId);
    const { code, stdout } = await commandIn(grata.dataFolder, ["recovery-link", email]);
    expect(code).toBe(0);
    const [, address, token] = /(http:\S+)\/recover\/password#([\w-]{43})\n$/.exec(stdout) ?? [];
    expect(address).toBe(grata.program().url());
    const body = { token, password: "another quiet teapot" };
    expect((await call(grata, "POST", "/api/recovery/password", { body })).status).toBe(200);
    expect(await commandIn(grata.dataFolder, ["unlock", email])).toMatchObject({ code: 0, stderr: "" });
    expect(await commandIn(grata.dataFolder, ["rotate-secrets"])).toMatchObject({ code: 0, stderr: "" });
    await goOn();
    await startAgain();
    await goOn();
    await expectNothingLost();
  });
});
