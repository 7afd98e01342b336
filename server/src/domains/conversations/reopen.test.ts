import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { expectDenseLogs, expectTrueLists, openSql, storedLog } from "../../../testing/checks/stored.ts";
import { makeAgent, makeClaimedChat, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { liveAgent } from "../../../testing/scenes/live.ts";
import { connectVisitor, makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { agentMessage, customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { open } from "../../channels/webchat/open.ts";
import { eraseCustomer } from "../../features/erasure/erase-customer.ts";
import { claim } from "./claim.ts";
import { close } from "./close.ts";
import { reopen } from "./reopen.ts";

let node: TestNode;
let sql: pg.Client;
let writer: ReturnType<typeof openWriter>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  writer = openWriter(node);
});
afterAll(async () => {
  await writer.close();
  await sql.end();
  await node.stop();
});
afterEach(async () => {
  await expectDenseLogs(sql);
  await expectTrueLists(sql);
});

/** A closed chat, and all that is needed to go on with it. */
async function makeClosed() {
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  const chat = await makeClaimedChat(node, place, agent);
  const input = { conversationId: chat.id };
  await close(node.services.storage, agent, input);
  const message = () => ({ clientId: newClientId(), text: "Me again", connectionId: null });
  return {
    place,
    agent,
    chat,
    reopen: (by = agent, conversationId = chat.id) =>
      reopen(node.services.storage, by, { conversationId }, node.services.channels.capabilitiesOf),
    close: () => close(node.services.storage, agent, input),
    write: () => open(node.services.storage, writer, chat.visitor, message(), async () => undefined),
  };
}

const kindsOf = async (id: string) => (await storedLog(sql, id)).map(({ kind }) => kind);
const rowOf = async (id: string) =>
  (await sql.query("SELECT * FROM conversations WHERE id = $1", [id])).rows[0];

describe("C8: taking back a closing", () => {
  test("C8: reopening goes on with the same chat, at its place in the list, in every tab and for the customer", async () => {
    const place = await makeOrganisation(node);
    const { cookie } = await makeUser(node, place.organisationId, { name: "Mei" });
    const [agent, tab] = await Promise.all([liveAgent(node.url, cookie), liveAgent(node.url, cookie)]);
    const visitor = await connectVisitor(node, place.channelId);
    onTestFinished(() => {
      for (const person of [agent, tab, visitor]) person.close();
    });
    const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
    const conversationId = opened.conversation.id;
    const { conversation: before } = await agent.connection.request("conversation.claim", { conversationId });
    const { id: later } = await makeWaitingChat(node, place);
    await agent.connection.request("conversation.claim", { conversationId: later });

    await agent.connection.request("conversation.close", { conversationId });
    await eventually(() => expect(tab.current.snapshot().items.map(({ id }) => id)).toEqual([later]));
    const { conversation } = await agent.connection.request("conversation.reopen", { conversationId });
    expect(conversation).toEqual({ ...before, head: before.head + 2 });
    for (const { current } of [agent, tab]) {
      await eventually(() =>
        expect(current.snapshot().items.map(({ id }) => id)).toEqual([conversationId, later]),
      );
    }
    const mine = await visitor.request("conversation.mine", {});
    expect(mine).toMatchObject({ conversation: { id: conversationId, status: "claimed" }, earlier: [] });
    await eventually(() => {
      const heard = visitor.news.flatMap((one) => (one.type === "entries" ? one.entries : []));
      expect(heard.slice(-2).map(({ occurrence }) => occurrence.kind)).toEqual(["closed", "claimed"]);
    });
    await visitor.request("message.send", { conversationId, clientId: newClientId(), text: "Still here" });
    expect(await kindsOf(conversationId)).toEqual(["message", "claimed", "closed", "claimed", "message"]);
  });

  test("C4, C8: a reopened customer waits for a reply since they wrote, and one who has a reply does not wait", async () => {
    const { place, agent } = await makeClosed();
    const waits = await makeClaimedChat(node, place, agent);
    await writer.append(agentMessage(waits, agent));
    await writer.append(customerMessage(waits, "Why?"));
    await writer.append(customerMessage(waits, "Hello?"));
    const answered = await makeClaimedChat(node, place, agent);
    await writer.append(agentMessage(answered, agent));
    for (const { id } of [waits, answered]) {
      const before = await rowOf(id);
      await close(node.services.storage, agent, { conversationId: id });
      await reopen(
        node.services.storage,
        agent,
        { conversationId: id },
        node.services.channels.capabilitiesOf,
      );
      expect(await rowOf(id)).toEqual({ ...before, head: before.head + 2 });
    }
    expect((await rowOf(waits.id)).unanswered_since).not.toBeNull();
    expect((await rowOf(answered.id)).unanswered_since).toBeNull();
  });

  test("C8: reopening twice, or a chat that is open, changes nothing more", async () => {
    const { chat, reopen, close } = await makeClosed();
    await Promise.all([reopen(), reopen()]);
    expect((await reopen()).changes).toEqual([]);
    expect(await kindsOf(chat.id)).toEqual(["message", "claimed", "closed", "claimed"]);
    await close();
    await reopen();
    expect(await kindsOf(chat.id)).toEqual(["message", "claimed", "closed", "claimed", "closed", "claimed"]);
  });

  test("C8: after a minute by the database's clock a chat stays closed", async () => {
    const { chat, reopen } = await makeClosed();
    const age = (seconds: number) =>
      sql.query(
        `UPDATE entries SET at = now() - make_interval(secs => $2)
         WHERE conversation_id = $1 AND occurrence ->> 'kind' = 'closed'`,
        [chat.id, seconds],
      );
    await age(61);
    expect(await refusalOf(reopen())).toBe("reopening_too_late");
    expect(await kindsOf(chat.id)).toEqual(["message", "claimed", "closed"]);
    await age(45);
    await reopen();
  });

  test("C8: a chat that somebody else closed, and one of a user who is gone, stay closed", async () => {
    const { chat, agent, reopen } = await makeClosed();
    const colleague = await makeUser(node, agent.organisationId);
    await sql.query("UPDATE entries SET user_id = $2 WHERE conversation_id = $1 AND seq = 3", [
      chat.id,
      colleague.userId,
    ]);
    expect(await refusalOf(reopen())).toBe("reopening_too_late");
    await sql.query("UPDATE entries SET user_id = $2 WHERE conversation_id = $1 AND seq = 3", [
      chat.id,
      agent.userId,
    ]);
    await sql.query("UPDATE users SET status = 'disabled' WHERE id = $1", [agent.userId]);
    expect(await refusalOf(reopen())).toBe("sign_in_required");
    expect(await kindsOf(chat.id)).toEqual(["message", "claimed", "closed"]);
  });

  test("C8: once the customer has written again, their new chat is the one that goes on, also after its end", async () => {
    const { chat, agent, reopen, write } = await makeClosed();
    const { conversation } = await write();
    expect(conversation.id).not.toBe(chat.id);
    expect(await refusalOf(reopen())).toBe("customer_wrote_again");
    await claim(
      node.services.storage,
      agent,
      { conversationId: conversation.id },
      node.services.channels.capabilitiesOf,
    );
    await close(node.services.storage, agent, { conversationId: conversation.id });
    expect(await refusalOf(reopen())).toBe("customer_wrote_again");
    await reopen(agent, conversation.id);
    expect(await kindsOf(conversation.id)).toEqual(["message", "claimed", "closed", "claimed"]);
  });

  test("C8, F4: the chat of a customer who was erased stays closed", async () => {
    const { chat, agent, reopen } = await makeClosed();
    const admin = { principal: { ...agent, role: "admin" as const }, address: "" };
    await eraseCustomer(node.services.storage, admin, chat.visitor.customerId);
    expect(await refusalOf(reopen())).toBe("customer_erased");
    expect(await kindsOf(chat.id)).toEqual(["message", "claimed", "closed"]);
  });
});

describe("C8: taking back a closing while something else happens to the chat", () => {
  test("C8: of reopening and the customer's next message both are kept, in one open chat", async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 25; round++) {
      const { chat, reopen, write } = await makeClosed();
      const [reopened, written] = await Promise.all([
        reopen().then(
          () => "reopened",
          (error: Error) => error.message,
        ),
        write(),
      ]);
      outcomes.add(reopened);
      expect(["reopened", "customer_wrote_again"]).toContain(reopened);
      expect(written.conversation.id === chat.id).toBe(reopened === "reopened");
      const stored = await storedLog(sql, written.conversation.id);
      expect(stored.some(({ text }) => text === "Me again")).toBe(true);
      const openChats = await sql.query(
        "SELECT FROM conversations WHERE customer_id = $1 AND status <> 'closed'",
        [chat.visitor.customerId],
      );
      expect(openChats.rowCount).toBe(1);
    }
  });

  test("C8, F4: of reopening and erasing the customer the erasure wins in the end", async () => {
    for (let round = 0; round < 15; round++) {
      const { chat, agent, reopen } = await makeClosed();
      const admin = { principal: { ...agent, role: "admin" as const }, address: "" };
      await Promise.allSettled([
        reopen(),
        eraseCustomer(node.services.storage, admin, chat.visitor.customerId),
      ]);
      expect((await rowOf(chat.id)).status).toBe("closed");
      expect(await refusalOf(reopen())).toBe("customer_erased");
    }
  });
});
