import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openSql } from "../../../testing/checks/stored.ts";
import { type Chat, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { customerMessage, openWriter, watch } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { open } from "../../channels/webchat/open.ts";
import { findVisitor } from "../../channels/webchat/visitors/find-visitor.ts";
import { findSession } from "../../domains/accounts/session.ts";
import type { User } from "../../foundation/access/principal.ts";
import { startTest } from "./start.ts";

/** The promise of the lists, with a test among the chats that wait. */
let node: TestNode;
let sql: pg.Client;
let holder: pg.Client;
let writer: ReturnType<typeof openWriter>;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let tester: User;
let tested: Chat;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  holder = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await holder.end();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  const { storage } = node.services;
  writer = openWriter(node);
  place = await makeOrganisation(node);
  const { cookie } = await makeUser(node, place.organisationId);
  const signedIn = await findSession(storage, cookie.slice("grata=".length));
  if (!signedIn) throw new Error("Nobody is signed in.");
  tester = signedIn.principal;
  const { started } = await startTest(storage, { principal: tester, address: "" });
  const visitor = await findVisitor(storage, started.channelId, started.token);
  if (!visitor) throw new Error("The test has no customer.");
  const input = { clientId: newClientId(), text: "Hello", connectionId: null };
  const { conversation } = await open(storage, writer, visitor, input, async () => undefined);
  tested = { id: conversation.id, visitor };
  return async () => {
    await holder.query("ROLLBACK");
    await writer.close();
  };
});

async function held(): Promise<Record<string, { version: number; size: number }>> {
  const { rows } = await sql.query<{ list: string; version: number; size: number }>(
    "SELECT list, version, size FROM list_versions WHERE organisation_id = $1",
    [place.organisationId],
  );
  return Object.fromEntries(
    rows.map(({ list, version, size }) => [list === "waiting" ? "waiting" : "tester", { version, size }]),
  );
}

test("C3, C7: messages of one batch into a test and into real chats are one step of each list, and no more", async () => {
  const real = await makeWaitingChat(node, place);
  // The organisation was made with a wait list.
  expect(await held()).toEqual({ waiting: { version: 2, size: 1 }, tester: { version: 1, size: 1 } });
  const messages = [tested, real, tested].map((chat, index) => customerMessage(chat, `${index}`));
  await Promise.all(messages.map((message) => writer.append(message)));
  const lists = writer.published.filter((change) => change.kind === "waiting" || change.kind === "current");
  expect(lists).toEqual([
    expect.objectContaining({
      kind: "current",
      userId: tester.userId,
      version: 2,
      changed: [expect.objectContaining({ id: tested.id, last: expect.objectContaining({ text: "2" }) })],
    }),
    expect.objectContaining({
      kind: "waiting",
      version: 3,
      total: 1,
      changed: [expect.objectContaining({ id: real.id })],
    }),
  ]);
  expect(await held()).toEqual({ waiting: { version: 3, size: 1 }, tester: { version: 2, size: 1 } });
});

test("C3, C7, H1: a tester's list that is locked elsewhere delays the test's messages and nobody else's", async () => {
  const real = await makeWaitingChat(node, place);
  await holder.query("BEGIN");
  await holder.query("SELECT FROM list_versions WHERE list = $1 FOR UPDATE", [`current:${tester.userId}`]);
  const late = writer.append(customerMessage(tested, "late"));
  const watched = watch(late);
  for (let number = 0; number < 20; number++) await writer.append(customerMessage(real, `${number}`));
  expect(watched.state).toBe("pending");
  await holder.query("ROLLBACK");
  expect(await late).toMatchObject({ seq: 2, repeated: false });
  expect(writer.faults).toEqual([]);
});
