import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call } from "../../../testing/checks/http.ts";
import { type MailBox, openMailBox } from "../../../testing/outside/mail-box.ts";
import { assign, makeIdentity } from "../../../testing/scenes/identities.ts";
import {
  connectAgent,
  connectUser,
  connectVisitor,
  newClientId,
  type TestAgent,
} from "../../../testing/scenes/people.ts";
import { deedsOf, sqlOn } from "../../../testing/scenes/team.ts";
import { adminOf } from "../../../testing/scenes/web-chats.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { organisations } from "../../foundation/schema/organisations.ts";

let node: TestNode;
let box: MailBox;

beforeAll(async () => {
  box = await openMailBox();
  node = await startTestNode({
    environment: {
      SMTP_URL: box.url,
      MAIL_FROM: "Grata <answers@mail.example>",
    },
  });
});
afterAll(async () => {
  await node.stop();
  await box.down();
});

let customers = 0;
type Left = { language?: string; page?: string; name?: string; email?: string };

/** Somebody who found nobody there and left an address, and the agent who has their chat now. */
async function leaveMessage(left: Left = {}) {
  const place = await makeOrganisation(node, `Tea "House" & Söhne`);
  return { ...place, ...(await leaveMessageAt(place, left)) };
}

async function leaveMessageAt(
  place: { organisationId: string; channelId: string },
  { language, page, name, email = `customer${++customers}@example.test` }: Left,
) {
  const visitor = await connectVisitor(node, place.channelId);
  if (language !== undefined)
    await run("UPDATE customers SET language = $1 WHERE id = $2", [language, visitor.customerId]);
  const { conversation } = await visitor.request("conversation.open", {
    clientId: newClientId(),
    text: "Win a prize at https://spam.example",
    contact: { ...(name !== undefined && { name }), email },
    ...(page !== undefined && { page: { url: page, title: "Teas" } }),
  });
  const conversationId = conversation.id;
  const agent = await connectAgent(node, place.organisationId);
  const claimed = await agent.request("conversation.claim", { conversationId });
  onTestFinished(() => {
    visitor.close();
    agent.close();
  });
  return { visitor, agent, email, conversationId, line: claimed.conversation };
}

const say = (who: Pick<TestAgent, "request">, conversationId: string, text: string) =>
  who.request("message.send", { conversationId, clientId: newClientId(), text });
const run = (statement: string, values: unknown[]) =>
  asOwner(node.databaseUrl, (client) => client.query(statement, values));
type Stored = { state: string; attempts: number; wait: number; first: number; last: number | null };
const stored = (conversationId: string) =>
  asOwner(node.databaseUrl, async (client) => {
    const { rows } = await client.query<Stored>(
      `SELECT state, attempts, round(extract(epoch FROM due_at - now()))::int AS wait, first_seq AS first,
         last_seq AS last FROM mails WHERE conversation_id = $1 ORDER BY id`,
      [conversationId],
    );
    return rows;
  });
/** The minute is over. */
async function dueNow(conversationId: string) {
  await run("UPDATE mails SET due_at = now() WHERE conversation_id = $1 AND state = 'waiting'", [
    conversationId,
  ]);
  node.services.mail.wake();
}
const countSent = async (conversationId: string) =>
  (await stored(conversationId)).filter(({ state }) => state === "sent").length;

describe("D1, H4: an answer to somebody who left an address and is gone", () => {
  test("B8: names its writer by their identity, in the customer's language, and never by their own name", async () => {
    const { agent, visitor, email, conversationId, organisationId } = await leaveMessage({
      language: "zh-Hans",
    });
    visitor.close();
    const admin = deedsOf(node, (await adminOf(node, organisationId)).cookie ?? "");
    const { id } = await makeIdentity(admin);
    await assign(admin, agent.userId, { webchat: id });
    const [own] = await sqlOn<{ name: string }>(node, "SELECT name FROM users WHERE id = $1", [agent.userId]);
    const again = await connectUser(node, agent.cookie);
    onTestFinished(() => again.close());
    await say(again, conversationId, "Tea is back");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const { text = "", html = "" } = box.to(email)[0]?.email ?? {};
    expect(text).toContain("客服:\nTea is back");
    expect(text + html).not.toContain(own?.name ?? "?");
    const mails = (await admin.ask("GET", "/api/mails")).text;
    expect(mails).not.toContain(`${own?.name}:`);
  });

  test("D1: several messages make one mail, with their words, their writer and the way back", async () => {
    const { agent, visitor, email, conversationId, line } = await leaveMessage({
      page: "https://shop.example/tea?kind=green",
      name: "Win at https://spam.example",
    });
    visitor.close();
    expect(line.answersByMail).toBe(true);
    await say(agent, conversationId, "Hello!\nWe have <b>green</b> & white tea.");
    await say(agent, conversationId, "Which one?");
    const [gathering, ...others] = await stored(conversationId);
    expect(others).toEqual([]);
    expect(gathering).toMatchObject({ state: "waiting", attempts: 0, last: null });
    expect(gathering?.wait).toBeGreaterThan(50);
    expect(gathering?.wait).toBeLessThanOrEqual(60);
    expect(box.to(email)).toEqual([]);

    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const [mail] = box.to(email);
    expect(mail?.email.from).toEqual({ name: `Tea "House" & Söhne`, address: "answers@mail.example" });
    expect(mail?.email.subject).toBe(`Tea "House" & Söhne has answered you`);
    expect(mail?.email.text).toContain(":\nHello!\nWe have <b>green</b> & white tea.\n\n");
    expect(mail?.email.text).toContain("\nhttps://shop.example/tea?kind=green\n");
    expect(mail?.email.text).toContain("Nobody reads answers to this e-mail.");
    expect(mail?.email.html).toContain("We have &#60;b&#62;green&#60;/b&#62; &#38; white tea.");
    expect(mail?.email.html).not.toContain("<b>");
    expect(mail?.email.html).toContain('href="https://shop.example/tea?kind=green"');
    expect(mail?.email.replyTo ?? []).toEqual([]);
    expect(mail?.email.references).toBe(`<${conversationId}@mail.example>`);
    // Whoever left the address may be anybody: nothing that they wrote goes out in our name.
    expect(mail?.raw).not.toContain("spam.example");

    await say(agent, conversationId, "Are you still there?");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(2));
    expect(box.to(email)[1]?.email.text).toContain("Are you still there?");
    expect(box.to(email)[1]?.email.text).not.toContain("Which one?");
    expect(box.to(email)[1]?.email.messageId).not.toBe(mail?.email.messageId);
  });

  test("D1: whoever goes on writing is waited for, but not longer than five minutes", async () => {
    const { agent, conversationId } = await leaveMessage();
    await say(agent, conversationId, "One");
    await run(
      "UPDATE mails SET created_at = now() - interval '4 minutes 30 seconds', due_at = now() + interval '10 seconds' WHERE conversation_id = $1",
      [conversationId],
    );
    await say(agent, conversationId, "Two");
    const [mail] = await stored(conversationId);
    expect(mail?.wait).toBeGreaterThan(20);
    expect(mail?.wait).toBeLessThanOrEqual(30);
  });

  test.each([
    ["en", "has answered you"],
    ["zh-Hans", "回复了您"],
    ["zh-Hant", "回覆了您"],
  ] as const)("D1: goes out in the customer's language, %s", async (language, words) => {
    const { agent, email, conversationId } = await leaveMessage({ language });
    await say(agent, conversationId, "您好");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    expect(box.to(email)[0]?.email.subject).toContain(words);
    expect(box.to(email)[0]?.email.html).toContain(`<html lang="${language}">`);
  });

  test("D1: without a language of their own in that of the organisation", async () => {
    const { agent, email, conversationId, organisationId } = await leaveMessage();
    await node.services.storage.inOrganisation(organisationId, (transaction) =>
      transaction.update(organisations).set({ defaultLanguage: "zh-Hant" }),
    );
    await say(agent, conversationId, "您好");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)[0]?.email.subject).toContain("回覆了您"));
  });

  test("D1: what they have read in the window is not mailed, and nothing is when they read it all", async () => {
    const { agent, visitor, email, conversationId } = await leaveMessage();
    await say(agent, conversationId, "This they read");
    const { seq } = await say(agent, conversationId, "This too");
    await visitor.request("conversation.read", { conversationId, seq });
    await dueNow(conversationId);
    await eventually(async () => expect(await stored(conversationId)).toEqual([]));
    await say(agent, conversationId, "Seen as well");
    await visitor.request("conversation.read", { conversationId, seq: seq + 1 });
    await say(agent, conversationId, "And this not");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    expect(box.to(email)[0]?.email.text).toContain("And this not");
    expect(box.to(email)[0]?.email.text).not.toMatch(/they read|This too|Seen/);
  });

  test("D1: nothing goes out but what an agent says, and the customer's own log stays as it is", async () => {
    const { agent, visitor, conversationId } = await leaveMessage();
    await say(visitor, conversationId, "Hello? https://spam.example");
    await agent.request("conversation.read", { conversationId, seq: 2 });
    await agent.request("conversation.close", { conversationId });
    expect(await stored(conversationId)).toEqual([]);
    const { entries } = await visitor.request("entries.after", { conversationId, after: 0 });
    expect(entries.map((entry) => entry.occurrence.kind)).toEqual([
      "message",
      "claimed",
      "message",
      "closed",
    ]);
  });

  test("D1: a chat in which nobody left an address is not answered by mail", async () => {
    const { organisationId, channelId } = await makeOrganisation(node);
    const agent = await connectAgent(node, organisationId);
    const visitor = await connectVisitor(node, channelId);
    const { conversation } = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "Hi",
    });
    const conversationId = conversation.id;
    const claimed = await agent.request("conversation.claim", { conversationId });
    expect(claimed.conversation.answersByMail).toBe(false);
    await say(agent, conversationId, "Hello");
    expect(await stored(conversationId)).toEqual([]);
    for (const person of [agent, visitor]) person.close();
  });

  test("D1: who left an address before and writes while nobody is there is answered by mail; while somebody is, not", async () => {
    const { agent, visitor, conversationId, organisationId } = await leaveMessage();
    const write = async () => {
      const { conversation } = await visitor.request("conversation.open", {
        clientId: newClientId(),
        text: "Again",
      });
      return (await agent.request("conversation.claim", { conversationId: conversation.id })).conversation;
    };
    await agent.request("conversation.close", { conversationId });
    const staffed = await write();
    expect(staffed.answersByMail).toBe(false);
    await agent.request("conversation.close", { conversationId: staffed.id });
    await run(
      "UPDATE connected_sessions SET noted_at = now() - interval '1 hour' WHERE organisation_id = $1",
      [organisationId],
    );
    expect((await write()).answersByMail).toBe(true);
  });

  test("D1: an address left in a chat that is open counts from then on, and its agent sees it at once", async () => {
    const { organisationId, channelId } = await makeOrganisation(node);
    const visitor = await connectVisitor(node, channelId);
    const agent = await connectAgent(node, organisationId);
    const { conversation } = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "Hi",
    });
    await agent.request("conversation.claim", { conversationId: conversation.id });
    const contact = { email: "late@example.test" };
    await visitor.request("conversation.open", { clientId: newClientId(), text: "I must go", contact });
    await eventually(() => {
      const changes = agent.news.flatMap((news) => (news.type === "current.changed" ? news.changed : []));
      expect(changes.at(-1)).toMatchObject({ answersByMail: true, customer: { email: contact.email } });
    });
    await say(agent, conversation.id, "Good-bye");
    expect(await stored(conversation.id)).toHaveLength(1);
    for (const person of [agent, visitor]) person.close();
  });
});

describe("D1, H4: an address may be anybody's", () => {
  test("D1: one chat gets six mails an hour; what is said then waits and goes out in one", async () => {
    const { agent, email, conversationId } = await leaveMessage();
    for (let number = 1; number <= 6; number++) {
      await say(agent, conversationId, `Number ${number}`);
      await dueNow(conversationId);
      await eventually(async () => expect(await countSent(conversationId)).toBe(number));
    }
    await say(agent, conversationId, "Number 7");
    await dueNow(conversationId);
    await eventually(async () => expect((await stored(conversationId)).at(-1)?.wait).toBeGreaterThan(3_000));
    await say(agent, conversationId, "Number 8");
    await dueNow(conversationId);
    await eventually(async () =>
      expect((await stored(conversationId)).at(-1)).toMatchObject({
        state: "waiting",
        attempts: 0,
        last: null,
      }),
    );
    expect(box.to(email)).toHaveLength(6);
    await run(
      "UPDATE mails SET sent_at = sent_at - interval '1 hour' WHERE conversation_id = $1 AND state = 'sent'",
      [conversationId],
    );
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(7));
    expect(box.to(email)[6]?.email.text).toMatch(/Number 7.*Number 8/s);
  });

  test("D1: and so does one address, in however many chats it was left", async () => {
    const place = await makeOrganisation(node);
    const email = "victim@example.test";
    const chats: string[] = [];
    for (let number = 1; number <= 7; number++) {
      const { agent, conversationId } = await leaveMessageAt(place, { email });
      await say(agent, conversationId, `Number ${number}`);
      await dueNow(conversationId);
      if (number <= 6) await eventually(async () => expect(await countSent(conversationId)).toBe(1));
      chats.push(conversationId);
    }
    await eventually(async () => expect((await stored(chats[6] ?? ""))[0]?.wait).toBeGreaterThan(3_000));
    expect(box.to(email)).toHaveLength(6);
  });

  test.each([
    ["no page", undefined, []],
    ["a site that may not carry the window", "https://evil.example/x", ["https://shop.example"]],
  ])("D1: with %s there is no link", async (_what, page, allowed) => {
    const { agent, email, conversationId, organisationId, channelId } = await leaveMessage({
      ...(page !== undefined && { page }),
    });
    const headers = await adminOf(node, organisationId);
    const read = await call(node, "GET", "/api/channels/web-chat", { headers });
    const body = { ...JSON.parse(read.text).channels[0].settings, allowedOrigins: allowed };
    const changed = await call(node, "PUT", `/api/channels/web-chat/${channelId}`, { headers, body });
    expect(changed.status, changed.text).toBe(200);
    await say(agent, conversationId, "Hello");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    expect(box.to(email)[0]?.email.html).not.toContain("href");
    expect(box.to(email)[0]?.raw).not.toContain("evil.example");
  });

  test("D1: a page that is no page of the web gives no link, whatever the row says", async () => {
    const { agent, email, conversationId } = await leaveMessage({ page: "https://shop.example/" });
    await run("UPDATE conversations SET page_url = 'javascript:alert(1)' WHERE id = $1", [conversationId]);
    await say(agent, conversationId, "Hello");
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    expect(box.to(email)[0]?.raw).not.toContain("javascript:");
  });
});

describe("H4: when it cannot go out", () => {
  test("H4: a mail that was handed over once says no more later; what is said meanwhile is another mail", async () => {
    const { agent, email, conversationId } = await leaveMessage();
    box.answer = { code: 451, text: "later, please" };
    onTestFinished(() => {
      box.answer = null;
    });
    await say(agent, conversationId, "The first");
    await dueNow(conversationId);
    await eventually(async () =>
      expect((await stored(conversationId))[0]).toMatchObject({ attempts: 1, last: 3 }),
    );
    await say(agent, conversationId, "The second");
    const mails = await stored(conversationId);
    expect(mails).toMatchObject([
      { first: 3, last: 3 },
      { first: 4, last: null },
    ]);
    box.answer = null;
    await dueNow(conversationId);
    await eventually(() => expect(box.to(email)).toHaveLength(2));
    const texts = box.to(email).map((mail) => mail.email.text ?? "");
    expect(texts.filter((text) => text.includes("The first"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("The second"))).toHaveLength(1);
  });

  test("H4: an address that is none stands in the outbox as failed, with its words", async () => {
    const { agent, conversationId, organisationId } = await leaveMessage();
    box.answer = { code: 550, text: "no such mailbox" };
    onTestFinished(() => {
      box.answer = null;
    });
    await say(agent, conversationId, "Is anybody there?");
    await dueNow(conversationId);
    await eventually(async () => expect((await stored(conversationId))[0]?.state).toBe("failed"));
    const headers = await adminOf(node, organisationId);
    const page = JSON.parse((await call(node, "GET", "/api/mails", { headers })).text);
    expect(page.mails).toHaveLength(1);
    expect(page.mails[0]).toMatchObject({ kind: "answer", state: "failed" });
    expect(page.mails[0].text).toContain("Is anybody there?");
    expect(page.mails[0].lastError).toContain("no such mailbox");
  });
});
