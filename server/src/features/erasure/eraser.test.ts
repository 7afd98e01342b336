import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { expectDenseLogs, openSql } from "../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { close } from "../../domains/conversations/close.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { clearConversation } from "./clear-conversation.ts";
import { eraseContent } from "./erase-content.ts";
import { startEraser } from "./eraser.ts";

let node: TestNode;
let sql: Awaited<ReturnType<typeof openSql>>;
let place: Awaited<ReturnType<typeof makeOrganisation>>;

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
});

/** A closed chat with this many entries. */
async function makeLongChat(entries: number): Promise<Chat> {
  const agent = await makeAgent(node, place);
  const chat = await makeClaimedChat(node, place, agent);
  await close(node.services.storage, agent, { conversationId: chat.id });
  await sql.query(
    `INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, audience, occurrence, delivery, at)
     SELECT $1, $2, n, 'customer', 'everybody', json_build_object('kind', 'message', 'text', 'Peony ' || n), 'none', now()
     FROM generate_series(4, $3::integer) n`,
    [place.organisationId, chat.id, entries],
  );
  await sql.query("UPDATE conversations SET head = $2 WHERE id = $1", [chat.id, entries]);
  return chat;
}

const placeOf = ({ id }: Chat) => ({ organisationId: place.organisationId, id });
async function leftIn({ id }: Chat): Promise<number> {
  const { rows } = await sql.query<{ left: number }>(
    "SELECT count(*)::int AS left FROM entries WHERE conversation_id = $1 AND occurrence ->> 'kind' = 'message'",
    [id],
  );
  return rows[0]?.left ?? -1;
}
const stateOf = async ({ id }: Chat) =>
  (
    await sql.query(
      "SELECT head, erased_at IS NOT NULL AS erased, erasing_from FROM conversations WHERE id = $1",
      [id],
    )
  ).rows[0];

describe("F4: a long conversation is erased in short steps", () => {
  test("F4: which may be killed at any of them and go on where they were", async () => {
    const chat = await makeLongChat(2_600);
    await clearConversation(node.services.storage, placeOf(chat));
    let steps = 0;
    const dying: Storage = {
      ...node.services.storage,
      inOrganisation(organisationId, work) {
        if (++steps > 2) throw new Error("killed");
        return node.services.storage.inOrganisation(organisationId, work);
      },
    };
    await expect(eraseContent(dying, placeOf(chat))).rejects.toThrow("killed");
    expect(await leftIn(chat)).toBe(600);
    expect(await stateOf(chat)).toEqual({ head: 2_601, erased: true, erasing_from: 2_001 });

    node.services.erasure.wake();
    await eventually(async () => expect((await stateOf(chat)).erasing_from).toBe(null));
    expect(await leftIn(chat)).toBe(0);
    await expectDenseLogs(sql);
  });

  test("F4: by one worker or two, and it is said once that it is cleared", async () => {
    const chat = await makeLongChat(1_500);
    const { storage } = node.services;
    const cleared = await Promise.all([1, 2, 3].map(() => clearConversation(storage, placeOf(chat))));
    expect(cleared.filter((one) => one !== null)).toHaveLength(1);
    await Promise.all([1, 2].map(() => eraseContent(storage, placeOf(chat))));
    await eventually(async () => {
      await eraseContent(storage, placeOf(chat));
      expect(await stateOf(chat)).toEqual({ head: 1_501, erased: true, erasing_from: null });
    });
    expect(await leftIn(chat)).toBe(0);
  });

  test("F4: an open one is not cleared", async () => {
    const chat = await makeClaimedChat(node, place, await makeAgent(node, place));
    expect(await clearConversation(node.services.storage, placeOf(chat))).toBe(null);
    expect(await leftIn(chat)).toBe(1);
  });

  test("F4: one that cannot be erased keeps no other back, and is tried again", async () => {
    const [stuck, free] = [await makeLongChat(6), await makeLongChat(6)];
    await sql.query(
      `CREATE FUNCTION stick() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stuck'; END $$`,
    );
    await sql.query(
      `CREATE TRIGGER stick BEFORE UPDATE ON entries FOR EACH ROW WHEN (NEW.conversation_id = '${stuck.id}')
       EXECUTE FUNCTION stick()`,
    );
    await clearConversation(node.services.storage, placeOf(stuck));
    await clearConversation(node.services.storage, placeOf(free));
    node.services.erasure.wake();
    await eventually(async () => expect(await leftIn(free)).toBe(0));
    expect(await leftIn(stuck)).toBe(4);
    await sql.query("DROP TRIGGER stick ON entries");
    await eventually(async () => {
      node.services.erasure.wake();
      expect(await leftIn(stuck)).toBe(0);
    });
  });

  test("F4: a worker that stops leaves the rest to the next one", async () => {
    const chat = await makeLongChat(40);
    await sql.query("UPDATE customers SET erasure_began_at = now() WHERE id = $1", [chat.visitor.customerId]);
    const faults: unknown[] = [];
    const eraser = startEraser({
      storage: node.services.storage,
      publish: () => undefined,
      cutCustomer: () => undefined,
      removeLeftovers: () => undefined,
      logFault: (error) => faults.push(error),
    });
    await eraser.close();
    node.services.erasure.wake();
    await eventually(async () => expect(await leftIn(chat)).toBe(0));
    expect(faults).toEqual([]);
  });
});

describe("F4: retention", () => {
  const retention = async (days: unknown) => {
    const { cookie } = await makeUser(node, place.organisationId, { role: "admin" });
    return call(node, "PUT", "/api/organisation/retention", { body: { days }, headers: { cookie } });
  };
  const closedDaysAgo = (chat: Chat, days: number) =>
    sql.query("UPDATE conversations SET closed_at = now() - make_interval(days => $2) WHERE id = $1", [
      chat.id,
      days,
    ]);

  test("F4: erases what was said in chats that have been closed for longer, and nothing of others", async () => {
    const [old, young] = [await makeLongChat(5), await makeLongChat(5)];
    const open = await makeClaimedChat(node, place, await makeAgent(node, place));
    const own = place;
    place = await makeOrganisation(node, "Elsewhere");
    const elsewhere = await makeLongChat(5);
    place = own;
    await closedDaysAgo(old, 41);
    await closedDaysAgo(young, 39);
    await closedDaysAgo(elsewhere, 400);
    node.services.erasure.wake();
    expect((await retention(40)).status).toBe(200);
    await eventually(async () => expect(await leftIn(old)).toBe(0));
    expect([await leftIn(young), await leftIn(open), await leftIn(elsewhere)]).toEqual([3, 1, 3]);
    const kept = await sql.query("SELECT erasure_began_at FROM customers WHERE id = $1", [
      old.visitor.customerId,
    ]);
    expect(kept.rows).toEqual([{ erasure_began_at: null }]);
  });

  test("F4: is off until somebody sets it, and each change is noted", async () => {
    const { cookie } = await makeUser(node, place.organisationId, { role: "admin" });
    const read = async () =>
      JSON.parse((await call(node, "GET", "/api/organisation/retention", { headers: { cookie } })).text);
    expect(await read()).toEqual({ days: null });
    for (const days of [365, 365, null]) expect((await retention(days)).status).toBe(200);
    expect(await read()).toEqual({ days: null });
    const { rows } = await sql.query(
      "SELECT changes FROM audit_entries WHERE organisation_id = $1 AND action = 'organisation.changed' ORDER BY id",
      [place.organisationId],
    );
    expect(rows.map(({ changes }) => changes.retentionDays)).toEqual([
      { from: null, to: "365" },
      { from: "365", to: null },
    ]);
  });

  test.each([29, 3_651, 30.5, "30", -1])("F4: %j days are refused", async (days) => {
    const answer = await retention(days);
    expect([answer.status, Object.keys(failureIn(answer).fields ?? {})]).toEqual([400, ["days"]]);
  });
});
