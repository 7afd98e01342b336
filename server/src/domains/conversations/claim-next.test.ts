import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { openSql, storedLog } from "../../../testing/checks/stored.ts";
import { makeAgent, makeCustomer, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import type { User } from "../../foundation/access/principal.ts";
import { claim, claimNext } from "./claim.ts";
import { close } from "./close.ts";

let node: TestNode;
let sql: pg.Client;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let agent: User;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
});

async function claimAll(order: "longest" | "newest", count: number): Promise<string[]> {
  const claimed: string[] = [];
  while (claimed.length < count) {
    const { conversation } = await claimNext(
      node.services.storage,
      agent,
      { order },
      node.services.channels.capabilitiesOf,
    );
    claimed.push(conversation.id);
  }
  return claimed;
}

async function threeWaiting(): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < 3) ids.push((await makeWaitingChat(node, place)).id);
  return ids;
}

describe("Next Chat", () => {
  test("C3: takes who has waited longest first", async () => {
    const waiting = await threeWaiting();
    expect(await claimAll("longest", 3)).toEqual(waiting);
  });

  test("C3: takes who came last first, when reversed", async () => {
    const waiting = await threeWaiting();
    expect(await claimAll("newest", 3)).toEqual(waiting.toReversed());
  });

  test("C3: says that nobody waits, also while customers of another organisation do", async () => {
    await makeWaitingChat(node, await makeOrganisation(node, "Elsewhere"));
    const [id] = await threeWaiting();
    await claimAll("longest", 3);
    await close(node.services.storage, agent, { conversationId: id ?? "" });
    expect(
      await refusalOf(
        claimNext(node.services.storage, agent, { order: "longest" }, node.services.channels.capabilitiesOf),
      ),
    ).toBe("wait_list_empty");
  });

  test("C3: passes by a chat that another agent is just taking", async () => {
    const [first, second] = await threeWaiting();
    await sql.query("BEGIN");
    await sql.query("SELECT FROM conversations WHERE id = $1 FOR UPDATE", [first]);
    expect(await claimAll("longest", 1)).toEqual([second]);
    await sql.query("ROLLBACK");
    expect(await claimAll("longest", 1)).toEqual([first]);
  });

  test("C3: waits for the only chat when its customer is just writing, instead of saying that nobody waits", async () => {
    const { id } = await makeWaitingChat(node, place);
    await sql.query("BEGIN");
    await sql.query("SELECT FROM conversations WHERE id = $1 FOR UPDATE", [id]);
    const claiming = claimAll("longest", 1);
    const watcher = await openSql(node.databaseUrl);
    await expect
      .poll(
        () =>
          watcher.query(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
          ),
        { timeout: 20_000, interval: 10 },
      )
      .toMatchObject({ rowCount: 1 });
    await watcher.end();
    await sql.query("ROLLBACK");
    expect(await claiming).toEqual([id]);
  });

  test("C3: is not for customers, and not for those who are not signed in", async () => {
    const visitor = await makeCustomer(node, place);
    const { id } = await makeWaitingChat(node, place);
    for (const [principal, code] of [
      [visitor, "forbidden"],
      [{ kind: "nobody" }, "sign_in_required"],
    ] as const) {
      const asked = async () =>
        claimNext(
          node.services.storage,
          principal,
          { order: "longest" },
          node.services.channels.capabilitiesOf,
        );
      expect(await refusalOf(asked())).toBe(code);
      const named = async () =>
        claim(
          node.services.storage,
          principal,
          { conversationId: id },
          node.services.channels.capabilitiesOf,
        );
      expect(await refusalOf(named())).toBe(code);
    }
    expect(await storedLog(sql, id)).toHaveLength(1);
  });
});
