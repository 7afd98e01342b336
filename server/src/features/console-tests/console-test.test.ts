import type { StartedTest } from "@grata/contract/console-test";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { historyOf } from "../../../testing/checks/history.ts";
import { call } from "../../../testing/checks/http.ts";
import { expectDenseLogs, openSql } from "../../../testing/checks/stored.ts";
import {
  connectAgent,
  connectVisitor,
  connectVisitorAgain,
  newClientId,
  type Person,
  refusal,
  type TestAgent,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let sql: pg.Client;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let tester: TestAgent;
let colleague: TestAgent;
let opened: Person[];

beforeAll(async () => {
  node = await startTestNode({ environment: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  sql = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  place = await makeOrganisation(node);
  tester = await connectAgent(node, place.organisationId);
  colleague = await connectAgent(node, place.organisationId, "admin");
  opened = [tester, colleague];
});
afterEach(async () => {
  for (const person of opened) person.close();
  await expectDenseLogs(sql);
});

let networks = 0;
async function ask(method: "GET" | "POST" | "DELETE", { cookie }: { cookie: string }) {
  const headers = {
    cookie,
    origin: node.services.entrances.main(),
    "x-forwarded-for": `10.0.${Math.floor(++networks / 250)}.${networks % 250}`,
  };
  const answer = await call(node, method, "/api/console-test", { headers });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}

async function start(who: TestAgent = tester): Promise<StartedTest & { customer: Person }> {
  const started: StartedTest = await ask("POST", who);
  const customer = await connectVisitorAgain(node, started.channelId, started.token);
  opened.push(customer);
  return { ...started, customer };
}

/** The test's customer writes; the id of the chat. */
async function write(customer: Person, text = "Hello"): Promise<string> {
  const { conversation } = await customer.request("conversation.open", { clientId: newClientId(), text });
  return conversation.id;
}

const waitingOf = (person: Person) => person.request("waiting.list", {});
const currentOf = (person: Person) => person.request("current.list", {});
const linesOf = async (person: Person) =>
  (await currentOf(person)).conversations.map(({ id, status, test: isTest }) => ({ id, status, isTest }));
/** The tester's own queue. */
const queueOf = (person: Person) => person.request("waiting.list", { queue: tester.userId });
const waitsIn = async () => (await queueOf(tester)).conversations.map(({ id }) => id);
const sizes = async () =>
  Object.fromEntries(
    (
      await sql.query<{ list: string; size: number }>(
        "SELECT list, size FROM list_versions WHERE organisation_id = $1",
        [place.organisationId],
      )
    ).rows.map(({ list, size }) => [list, size]),
  );
const wants = <Kind extends Person["news"][number]["type"]>(person: Person, type: Kind) =>
  person.news.filter((item) => item.type === type);

test("C7: a test waits in its tester's own list, is claimed, answered, read and closed like any chat", async () => {
  const { customer } = await start();
  const id = await write(customer);
  expect(await waitsIn()).toEqual([id]);
  expect((await waitingOf(tester)).queues).toEqual([tester.userId]);
  const more = await customer.request("message.send", {
    conversationId: id,
    clientId: newClientId(),
    text: "?",
  });
  expect(more.seq).toBe(2);
  await eventually(() =>
    expect(wants(tester, "entries").at(-1)).toMatchObject({
      conversationId: id,
      entries: [{ occurrence: { text: "?" } }],
    }),
  );
  const { conversation } = await tester.request("conversation.claimNext", { order: "longest" });
  expect(conversation).toMatchObject({ id, status: "claimed", test: true });
  expect(await sizes()).toEqual({
    waiting: 0,
    [`waiting:${tester.userId}`]: 0,
    [`current:${tester.userId}`]: 1,
  });
  const { seq } = await tester.request("message.send", {
    conversationId: id,
    clientId: newClientId(),
    text: "I hear you",
  });
  await customer.request("conversation.read", { conversationId: id, seq });
  expect(await ask("GET", tester)).toMatchObject({
    test: { conversation: { id, status: "claimed", readByCustomer: seq } },
  });
  await tester.request("conversation.release", { conversationId: id });
  expect(await waitsIn()).toEqual([id]);
  await tester.request("conversation.claim", { conversationId: id });
  await tester.request("conversation.close", { conversationId: id });
  expect(await linesOf(tester)).toEqual([]);
  expect(await sizes()).toEqual({
    waiting: 0,
    [`waiting:${tester.userId}`]: 0,
    [`current:${tester.userId}`]: 0,
  });
  expect(await ask("GET", tester)).toMatchObject({ test: { conversation: { id, status: "closed" } } });
});

test("C7, C8: the closing of a test is taken back while the test runs, and not once it is over", async () => {
  const { customer } = await start();
  const conversationId = await write(customer);
  await tester.request("conversation.claim", { conversationId });
  await tester.request("conversation.close", { conversationId });
  await tester.request("conversation.reopen", { conversationId });
  expect(await linesOf(tester)).toEqual([{ id: conversationId, status: "claimed", isTest: true }]);
  expect(await sizes()).toEqual({
    waiting: 0,
    [`waiting:${tester.userId}`]: 0,
    [`current:${tester.userId}`]: 1,
  });
  await ask("DELETE", tester);
  expect(await refusal(tester.request("conversation.reopen", { conversationId }))).toBe("reopening_too_late");
  expect(await sizes()).toEqual({
    waiting: 0,
    [`waiting:${tester.userId}`]: 0,
    [`current:${tester.userId}`]: 0,
  });
});

test("C7: a colleague's console learns nothing of a test, and cannot find, read, claim or take it", async () => {
  const { customer } = await start();
  const conversationId = await write(customer);
  const real = await connectVisitor(node, place.channelId);
  opened.push(real);
  const realId = await write(real, "A real one");
  const before = await waitingOf(colleague);
  expect(before).toMatchObject({ total: 1, conversations: [{ id: realId }] });
  expect(await refusal(colleague.request("conversation.claim", { conversationId }))).toBe(
    "conversation_unknown",
  );
  expect(await refusal(colleague.request("entries.after", { conversationId, after: 0 }))).toBe(
    "conversation_unknown",
  );
  const { conversation } = await colleague.request("conversation.claimNext", { order: "newest" });
  expect(conversation.id).toBe(realId);
  expect(await refusal(colleague.request("conversation.claimNext", { order: "longest" }))).toBe(
    "wait_list_empty",
  );
  await tester.request("conversation.claim", { conversationId });
  await tester.request("conversation.release", { conversationId });
  await tester.request("conversation.claim", { conversationId });
  await tester.request("conversation.close", { conversationId });
  expect(await refusal(colleague.request("entries.after", { conversationId, after: 0 }))).toBe(
    "conversation_unknown",
  );
  const search = await call(node, "GET", "/api/customers?search=Test%20customer", {
    headers: { cookie: colleague.cookie },
  });
  expect(JSON.parse(search.text)).toEqual({ customers: [] });
  const channels = await call(node, "GET", "/api/channels/web-chat", {
    headers: { cookie: colleague.cookie },
  });
  expect(channels.text).not.toContain('"Test"');
  // A later list is told, so whatever was told of the test before has arrived.
  expect((await waitingOf(colleague)).version).toBe(before.version + 1);
  expect(JSON.stringify(colleague.news)).not.toContain(conversationId);
});

test("C7: nobody makes a customer of the channel for tests but by beginning one's own test", async () => {
  const { channelId } = await start();
  expect((await call(node, "POST", `/api/webchat/${channelId}/visitors`, { body: {} })).status).toBe(404);
  for (const path of [`/webchat/${channelId}`, `/webchat/${channelId}/loader.js`]) {
    expect((await call(node, "GET", path)).status).toBe(404);
  }
  const elsewhere = await makeOrganisation(node, "Elsewhere");
  const stranger = await connectAgent(node, elsewhere.organisationId, "admin");
  opened.push(stranger);
  expect(await ask("GET", stranger)).toEqual({ test: null });
  await ask("DELETE", stranger);
  expect(await ask("GET", tester)).toMatchObject({ test: { channelId } });
});

test("C7: the customer of a test is a visitor and no more, and always finds somebody there", async () => {
  const { customer } = await start();
  await tester.request("presence.pause", { paused: true });
  expect((await customer.request("conversation.mine", {})).staffed).toBe(true);
  const conversationId = await write(customer);
  const colleagues = await start(colleague);
  for (const type of ["waiting.list", "current.list", "presence.list"] as const) {
    expect(await refusal(customer.request(type, {}))).toBe("forbidden");
  }
  expect(await refusal(customer.request("conversation.claim", { conversationId }))).toBe("forbidden");
  expect(await refusal(colleagues.customer.request("entries.after", { conversationId, after: 0 }))).toBe(
    "conversation_unknown",
  );
});

/** The chat is closed, its window's token has ended, and its sockets can open no other one. */
async function expectOver({ channelId, token, customer }: Awaited<ReturnType<typeof start>>, id: string) {
  await eventually(async () => {
    const { rows } = await sql.query("SELECT status, is_test FROM conversations WHERE id = $1", [id]);
    expect(rows).toEqual([{ status: "closed", is_test: true }]);
  });
  await expect(connectVisitorAgain(node, channelId, token)).rejects.toMatchObject({
    failure: { code: "sign_in_required" },
  });
  await eventually(() => expect(customer.state).toBe("refused"));
  expect(Object.values(await sizes()).every((size) => size === 0)).toBe(true);
}

test("C7: a test that is ended, or begun anew, leaves neither a chat nor a way in", async () => {
  const first = await start();
  const waiting = await write(first.customer);
  await ask("DELETE", tester);
  await expectOver(first, waiting);
  expect(await linesOf(tester)).toEqual([]);
  const second = await start();
  const claimed = await write(second.customer);
  await tester.request("conversation.claim", { conversationId: claimed });
  const third = await start();
  await expectOver(second, claimed);
  expect(await ask("GET", tester)).toMatchObject({ test: { conversation: null } });
  expect(await linesOf(tester)).toEqual([]);
  const open = await write(third.customer);
  expect(await waitsIn()).toEqual([open]);
});

test("C7, C8: logging out ends a test; so does its time, whatever became of the browser", async () => {
  const first = await start();
  const id = await write(first.customer);
  await call(node, "DELETE", "/api/session", {
    headers: { cookie: tester.cookie, origin: node.services.entrances.main() },
  });
  await expectOver(first, id);

  const late = await start(colleague);
  const left = await write(late.customer);
  await sql.query("UPDATE console_tests SET ends_at = now() WHERE user_id = $1", [colleague.userId]);
  // Before anybody has cleaned up.
  expect(await refusal(connectVisitorAgain(node, late.channelId, late.token))).toBe("sign_in_required");
  await eventually(async () => {
    const { rows } = await sql.query("SELECT status FROM conversations WHERE id = $1", [left]);
    expect(rows).toEqual([{ status: "closed" }]);
  });
  expect(await ask("GET", colleague)).toEqual({ test: null });
});

test("C7: a socket that is still open when a test's time is over opens no chat any more", async () => {
  const { customer } = await start();
  await sql.query("UPDATE console_tests SET ends_at = now() WHERE user_id = $1", [tester.userId]);
  await expect(write(customer)).rejects.toThrow();
  const { rows } = await sql.query("SELECT count(*)::int FROM conversations WHERE tester_id = $1", [
    tester.userId,
  ]);
  expect(rows).toEqual([{ count: 0 }]);
});

test("C7, F4: a test is no history, not even its tester's", async () => {
  const { customer } = await start();
  const id = await write(customer, "a wombat to be tried");
  await tester.request("conversation.claim", { conversationId: id });
  await tester.request("message.send", {
    conversationId: id,
    clientId: newClientId(),
    text: "a wombat it is",
  });
  for (const person of [tester, colleague]) {
    const history = historyOf(node, person);
    expect(await history.found("wombat")).toEqual([]);
    expect(await history.listed()).toEqual([]);
  }
  const { rows } = await sql.query("SELECT FROM search_postings WHERE organisation_id = $1", [
    place.organisationId,
  ]);
  expect(rows).toEqual([]);
});
