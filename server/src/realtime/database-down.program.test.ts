import { renameSync } from "node:fs";
import { join } from "node:path";
import { killServer, postmasterOf } from "@grata/embedded-postgres/testing/processes";
import { expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { failureOf } from "../../testing/checks/refusals.ts";
import {
  acknowledgedBy,
  closeAll,
  expectShownToBoth,
  expectStoredOnce,
  keepWriting,
  makePair,
  type Pair,
  partiesOf,
  tryAgain,
} from "../../testing/scenes/pairs.ts";
import { makeUser, newClientId, post } from "../../testing/scenes/people.ts";
import { startEmbeddedProgram } from "../../testing/servers/embedded-program.ts";

test("H1: the database is killed under load: 503 and no acknowledgement while it is away, and it comes back by itself", async () => {
  const grata = await startEmbeddedProgram();
  const { cookie } = await makeUser(grata, grata.place.organisationId);
  const urls = { agent: grata.url, customer: grata.url };
  const pairs: Pair[] = [];
  while (pairs.length < 5) pairs.push(await makePair(grata, grata.place, urls));
  const traffic = keepWriting(pairs);
  const each = (minimum: number) =>
    eventually(() => {
      for (const party of pairs.flatMap(partiesOf))
        expect(party.acknowledged.length).toBeGreaterThan(minimum);
    }, 30_000);
  await each(10);

  // Without this file PostgreSQL does not start again, until it is put back.
  const control = join(grata.cluster, "global/pg_control");
  renameSync(control, `${control}.away`);
  killServer(postmasterOf(grata.cluster));

  const routes = {
    "/healthz": () => fetch(`${grata.url}/healthz`),
    "/api/session": () => fetch(`${grata.url}/api/session`, { headers: { cookie } }),
    "/api/webchat/:channelId/visitors": () =>
      post(grata, `/api/webchat/${grata.place.channelId}/visitors`, {}),
  };
  for (const [route, ask] of Object.entries(routes)) {
    await eventually(async () => {
      const answer = await ask();
      expect([route, answer.status]).toEqual([route, 503]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({
        error: { code: "unavailable", message: expect.any(String) },
      });
    });
  }
  // A refusal comes behind every acknowledgement that was on its way on that line before.
  await expectRefusals(pairs);
  const acknowledged = acknowledgedBy(pairs).length;
  await expectRefusals(pairs);
  expect(acknowledgedBy(pairs)).toHaveLength(acknowledged);

  renameSync(`${control}.away`, control);
  await eventually(async () => expect((await fetch(`${grata.url}/healthz`)).status).toBe(200));
  tryAgain(pairs);
  await each(Math.max(...pairs.flatMap(partiesOf).map((party) => party.acknowledged.length)) + 10);
  await traffic.stop();
  const sql = await grata.openSql();
  await expectStoredOnce(sql, pairs);
  await expectShownToBoth(sql, pairs);
  await sql.end();
  closeAll(pairs);
});

/** Everybody's line is open, and every request on it is refused as one that may succeed later. */
async function expectRefusals(pairs: Pair[]): Promise<void> {
  for (const { agent, customer, conversationId } of pairs) {
    expect(agent.connection.state).toBe("open");
    const message = { conversationId, clientId: newClientId(), text: "Nobody can store this" };
    expect(await failureOf(customer.connection.request("message.send", message))).toMatchObject({
      code: "unavailable",
      retryAfter: expect.any(Number),
    });
    expect(await failureOf(agent.connection.request("waiting.list", {}))).toMatchObject({
      code: "unavailable",
    });
  }
}
