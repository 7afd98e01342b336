import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { newLetter, startWithPigeons } from "../../../testing/pigeon/scene.ts";
import {
  assign,
  identityIn,
  makeIdentity,
  onWeChat,
  support,
  uploadAvatar,
} from "../../../testing/scenes/identities.ts";
import {
  connectUser,
  connectVisitor,
  makeUser,
  newClientId,
  type Person,
} from "../../../testing/scenes/people.ts";
import { deedsOf, outcomeIn, sqlOn } from "../../../testing/scenes/team.ts";
import { presentCustomerEntry } from "./present.ts";
import { asSeen } from "./seen-as.ts";

const ownName = "Wang Meiling";

let grata: Awaited<ReturnType<typeof startWithPigeons>>;
let admin: ReturnType<typeof deedsOf>;

beforeAll(async () => {
  grata = await startWithPigeons();
  admin = deedsOf(grata.node, grata.admin.cookie);
});
afterAll(() => grata.stop());
afterEach(() => sqlOn(grata.node, "UPDATE organisations SET default_language = 'en'"));

const say = (who: Person, conversationId: string, text: string) =>
  who.request("message.send", { conversationId, clientId: newClientId(), text });

/** A user with these identities and an open socket. */
async function connectAs(identities: object) {
  const user = await makeUser(grata.node, grata.organisationId, { name: ownName });
  expect(outcomeIn(await assign(admin, user.userId, identities))).toBe("yes");
  const agent = await connectUser(grata.node, user.cookie);
  onTestFinished(() => agent.close());
  return Object.assign(agent, user);
}

/** A chat on the web chat that this agent serves, with everything that its customer was ever sent. */
async function serve(agent: Person) {
  const visitor = await connectVisitor(grata.node, grata.webChatId);
  onTestFinished(() => visitor.close());
  const sent: unknown[] = [];
  const ask: Person["request"] = async (type, input) => {
    const answer = await visitor.request(type, input);
    sent.push(answer);
    return answer;
  };
  const { conversation } = await ask("conversation.open", { clientId: newClientId(), text: "Hello" });
  const conversationId = conversation.id;
  await agent.request("conversation.claim", { conversationId });
  const read = async () => {
    const page = await ask("entries.after", { conversationId, after: 0 });
    return page.entries as CustomerEntry[];
  };
  return { conversationId, visitor, ask, read, sentToCustomer: () => JSON.stringify([sent, visitor.news]) };
}

const authors = (entries: CustomerEntry[]) =>
  entries.filter(({ author }) => author.kind === "user").map(({ author }) => author);

const english = { language: "en", name: "Support", line: "We answer in English" };
const chinese = { language: "zh-Hans", name: "客服" };

test("B8, D1: the customer sees name, second line and picture of the identity on claims and messages", async () => {
  const { id } = await makeIdentity(admin);
  const { avatar } = identityIn(await uploadAvatar(grata.node, grata.admin.cookie, id));
  const agent = await connectAs({ webchat: id });
  const { conversationId, visitor, read } = await serve(agent);
  await say(agent, conversationId, "How can I help?");
  const seen = { kind: "user", name: "Support", names: [english, chinese], avatar: `/api/avatars/${avatar}` };
  const entries = await read();
  expect(entries.map(({ occurrence }) => occurrence)).toEqual([
    { kind: "message", text: "Hello" },
    { kind: "claimed" },
    { kind: "message", text: "How can I help?" },
  ]);
  expect(authors(entries)).toEqual([seen, seen]);
  await eventually(() =>
    expect(visitor.news).toContainEqual(expect.objectContaining({ entries: [entries[2]] })),
  );
});

test("B8: news to a customer never carry the own name of a user with an identity", async () => {
  const { id } = await makeIdentity(admin);
  const agent = await connectAs({ webchat: id });
  const { conversationId, visitor, ask, read, sentToCustomer } = await serve(agent);
  await say(agent, conversationId, "How can I help?");
  await ask("message.send", { conversationId, clientId: newClientId(), text: "With my order" });
  await agent.request("conversation.typing", { conversationId, typing: true });
  await eventually(() => expect(visitor.news).toContainEqual(expect.objectContaining({ type: "typing" })));
  await eventually(() => expect(visitor.news).toContainEqual(expect.objectContaining({ type: "standing" })));
  await agent.request("conversation.release", { conversationId });
  await agent.request("conversation.claim", { conversationId });
  await agent.request("conversation.close", { conversationId });
  await agent.request("conversation.reopen", { conversationId });
  await agent.request("conversation.close", { conversationId });
  expect((await read()).map(({ occurrence }) => occurrence.kind)).toEqual([
    "message",
    "claimed",
    "message",
    "message",
    "hidden",
    "claimed",
    "closed",
    "claimed",
    "closed",
  ]);
  await ask("conversation.mine", {});
  await ask("entries.before", { conversationId, before: 9 });
  expect(sentToCustomer()).toContain("Support");
  expect(sentToCustomer()).not.toContain(ownName);
  expect(sentToCustomer()).not.toContain(id);
  // Nor once it is erased.
  await sqlOn(grata.node, "UPDATE conversations SET erased_at = now() WHERE id = $1", [conversationId]);
  expect((await read()).map(({ occurrence }) => occurrence.kind)).toContain("erased");
  expect(sentToCustomer()).not.toContain(ownName);
});

test("B8: nothing of a user with an identity leaves for customers but what they are shown", () => {
  const as = { identityId: newClientId(), names: [english, chinese], avatar: "0a1b" };
  const author = { kind: "user", userId: newClientId(), name: ownName } as const;
  const rest = {
    seq: 1,
    author,
    audience: "everybody",
    delivery: "none",
    clientId: null,
    at: new Date(5),
  } as const;
  const seen = { kind: "user", name: "Support", names: [english, chinese], avatar: "/api/avatars/0a1b" };
  const said = { kind: "message", text: "Hi" } as const;
  // As it goes out: whoever reads it by a schema would not see what else there is.
  expect(presentCustomerEntry({ ...rest, occurrence: { ...said, as } })).toEqual({
    seq: 1,
    occurrence: said,
    author: seen,
    clientId: null,
    at: 5,
  });
  const kinds = ["closed", "released", "erased", "cleared"] as const;
  const entries = [{ kind: "claimed", as } as const, ...kinds.map((kind) => ({ kind }))];
  for (const occurrence of entries) {
    const sent = JSON.stringify(presentCustomerEntry({ ...rest, occurrence }));
    for (const secret of [ownName, author.userId, as.identityId]) expect(sent).not.toContain(secret);
  }
});

test("B8: a user without an identity is seen under their own name", async () => {
  const { conversationId, read } = await serve(await connectAs({}));
  expect(authors(await read())).toEqual([{ kind: "user", name: ownName }]);
  expect(
    await sqlOn(grata.node, "SELECT FROM entries WHERE conversation_id = $1 AND occurrence::jsonb ? 'as'", [
      conversationId,
    ]),
  ).toEqual([]);
});

test("B8, B11: a message keeps who wrote it and as whom, whatever becomes of the identity", async () => {
  const { id } = await makeIdentity(admin);
  const agent = await connectAs({ webchat: id });
  const { conversationId, read } = await serve(agent);
  await say(agent, conversationId, "Before");
  const before = await read();
  const renamed = { ...support, names: { en: { name: "Help desk", line: "" } } };
  await admin.ask("PUT", `/api/agent-identities/${id}`, renamed);
  await uploadAvatar(grata.node, grata.admin.cookie, id);
  expect(await read()).toEqual(before);
  await assign(admin, agent.userId, { webchat: null });
  expect(await read()).toEqual(before);
  await admin.ask("DELETE", `/api/agent-identities/${id}`);
  expect(await read()).toEqual(before);
  const page = await agent.request("entries.after", { conversationId, after: 2 });
  expect((page.entries as TeamEntry[])[0]).toMatchObject({
    author: { kind: "user", userId: agent.userId, name: ownName },
    occurrence: { text: "Before", as: { identityId: id, names: [english, chinese], avatar: null } },
  });
});

test("B8: a change of an identity, or of whose it is, is in force within seconds on open sockets", async () => {
  const { id } = await makeIdentity(admin);
  const agent = await connectAs({});
  const { conversationId, ask } = await serve(agent);
  const nextName = async () => {
    const { seq } = await say(agent, conversationId, "Hi");
    const { entries } = await ask("entries.after", { conversationId, after: seq - 1 });
    return entries[0]?.author.name;
  };
  // A message each: not more of them than somebody may send.
  const becomes = (name: string) => expect.poll(nextName, { timeout: 20_000, interval: 400 }).toBe(name);
  await becomes(ownName);
  await assign(admin, agent.userId, { webchat: id });
  await becomes("Support");
  const renamed = { ...support, names: { en: { name: "Help desk", line: "" } } };
  await admin.ask("PUT", `/api/agent-identities/${id}`, renamed);
  await becomes("Help desk");
  await admin.ask("DELETE", `/api/agent-identities/${id}`);
  await becomes(ownName);
});

test("B8: the name in the organisation's language is the one for whoever reads none of the others", async () => {
  await sqlOn(grata.node, "UPDATE organisations SET default_language = 'zh-Hans'");
  const { id } = await makeIdentity(admin);
  const { read } = await serve(await connectAs({ webchat: id }));
  expect(authors(await read())).toEqual([{ kind: "user", name: "客服", names: [chinese, english] }]);
});

test("B8: a channel says which of the identities its customers see", async () => {
  const [web, chat] = [await makeIdentity(admin), await makeIdentity(admin, onWeChat)];
  const agent = await connectAs({ webchat: web.id, wechat: chat.id });
  const letter = newLetter("Loft 8", "Coo");
  expect(await grata.push(letter)).toBe(200);
  let conversationId = "";
  await eventually(async () => {
    const [found] = await sqlOn<{ id: string }>(
      grata.node,
      "SELECT c.id FROM conversations c JOIN customer_identities i USING (customer_id) WHERE i.external_id = 'Loft 8'",
    );
    expect(found).toBeDefined();
    conversationId = found?.id ?? "";
  });
  await agent.request("conversation.claim", { conversationId });
  await say(agent, conversationId, "Coo coo");
  await eventually(() =>
    expect(grata.platform.came).toContainEqual(expect.objectContaining({ text: "Coo coo", from: "小助手" })),
  );
  const { read } = await serve(agent);
  expect(authors(await read())[0]?.name).toBe("Support");
});

test("B8: entries for the team alone carry no identity", () => {
  const as = { identityId: newClientId(), names: [{ name: "Support" }], avatar: null };
  const author = { kind: "user", userId: newClientId(), name: "Mei" } as const;
  const principal = {
    kind: "user",
    organisationId: "",
    sessionId: "",
    name: "Mei",
    role: "agent",
    queues: [],
    language: "en",
    secondFactorMissing: false,
    userId: author.userId,
    identities: { webchat: as },
  } as const;
  const note = { author, principal, occurrence: { kind: "message", text: "Psst" } } as const;
  expect(asSeen({ ...note, audience: "team" }, { identities: "webchat" })).toEqual(note.occurrence);
  expect(asSeen({ ...note, audience: "everybody" }, { identities: "wechat" })).toEqual(note.occurrence);
  expect(asSeen({ ...note, audience: "everybody" }, { identities: "webchat" })).toEqual({
    ...note.occurrence,
    as,
  });
});

test("B11, C9: history and transcripts tell the team who wrote and as whom the customer saw them", async () => {
  const { id } = await makeIdentity(admin);
  const agent = await connectAs({ webchat: id });
  const { conversationId } = await serve(agent);
  await say(agent, conversationId, "A persimmon a day");
  const author = { kind: "user", name: ownName, as: "Support", user: { id: agent.userId, name: ownName } };
  await eventually(async () => {
    const { hits } = JSON.parse((await admin.ask("GET", "/api/history/messages?text=persimmon")).text);
    expect(hits).toMatchObject([{ author }]);
  });
  const path = `/api/conversations/${conversationId}/transcript?format=json`;
  const { entries } = JSON.parse((await admin.ask("GET", path)).text);
  expect(entries.at(-1).author).toEqual({
    kind: "user",
    name: ownName,
    shownAs: "Support",
    userId: agent.userId,
  });
  const html = (await admin.ask("GET", path.replace("json", "html"))).text;
  expect(html).toContain(ownName);
  expect(html).toContain("Support");
});
