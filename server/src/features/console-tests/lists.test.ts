import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openSql } from "../../../testing/checks/stored.ts";
import { type Chat, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { open } from "../../channels/webchat/open.ts";
import { findVisitor } from "../../channels/webchat/visitors/find-visitor.ts";
import { findSession } from "../../domains/accounts/session.ts";
import type { User } from "../../foundation/access/principal.ts";
import { startTest } from "./start.ts";

/** The promise of the lists, with a test among the chats that wait. */
let node: TestNode;
let sql: pg.Client;
let writer: ReturnType<typeof openWriter>;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let tester: User;
let tested: Chat;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
});
afterAll(async () => {
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

test("C3, C7: a message into a test moves no list, and only its tester hears of it", async () => {
  const real = await makeWaitingChat(node, place);
  const before = await held();
  const messages = [tested, real].map((chat, index) => customerMessage(chat, `${index}`));
  await Promise.all(messages.map((message) => writer.append(message)));
  const told = writer.published.flatMap((change) =>
    change.kind === "entries" ? [[change.conversationId, change.team]] : [],
  );
  expect(new Map(told as [string, unknown][])).toEqual(
    new Map<string, unknown>([
      [tested.id, { queueId: tester.userId }],
      [real.id, { queueId: place.organisationId }],
    ]),
  );
  expect(await held()).toEqual(before);
});
