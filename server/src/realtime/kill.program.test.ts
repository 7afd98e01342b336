import { describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import {
  acknowledgedBy,
  closeAll,
  expectShownToBoth,
  expectStoredOnce,
  keepWriting,
  makePair,
  type Pair,
  tryAgain,
} from "../../testing/scenes/pairs.ts";
import { startEmbeddedProgram } from "../../testing/servers/embedded-program.ts";

const kills = 5;

async function startUnderLoad(count: number) {
  const grata = await startEmbeddedProgram();
  const pairs: Pair[] = [];
  const urls = { agent: grata.url, customer: grata.url };
  while (pairs.length < count) pairs.push(await makePair(grata, grata.place, urls));
  return { grata, pairs, traffic: keepWriting(pairs) };
}

function moreAcknowledged(pairs: Pair[], count: number): Promise<void> {
  const before = acknowledgedBy(pairs).length;
  return eventually(() => expect(acknowledgedBy(pairs).length).toBeGreaterThan(before + count), 30_000);
}

describe("the server under load", { timeout: 120_000 }, () => {
  test("H1: is killed five times: every acknowledged message is there once, in order, and shown to both", async () => {
    const { grata, pairs, traffic } = await startUnderLoad(10);
    for (let kill = 0; kill < kills; kill++) {
      await moreAcknowledged(pairs, 100);
      await grata.program().kill();
      await grata.startAgain();
      tryAgain(pairs);
    }
    await moreAcknowledged(pairs, 100);
    await traffic.stop();
    const sql = await grata.openSql();
    await expectStoredOnce(sql, pairs);
    await expectShownToBoth(sql, pairs);
    await sql.end();
    closeAll(pairs);
  });

  test("H1: is asked to stop: it ends with code 0 within seconds, and every acknowledged message is there", async () => {
    const { grata, pairs, traffic } = await startUnderLoad(10);
    await moreAcknowledged(pairs, 100);
    const asked = performance.now();
    expect(await grata.program().stop()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    await grata.startAgain();
    tryAgain(pairs);
    await moreAcknowledged(pairs, 100);
    await traffic.stop();
    const sql = await grata.openSql();
    await expectStoredOnce(sql, pairs);
    await expectShownToBoth(sql, pairs);
    await sql.end();
    closeAll(pairs);
  });
});
