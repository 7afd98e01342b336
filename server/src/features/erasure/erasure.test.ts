import type { Attachment } from "@grata/contract/files";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dump } from "../../../testing/checks/dump.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { everythingIndexed } from "../../../testing/checks/history.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { expectDenseLogs, openSql, storedLog } from "../../../testing/checks/stored.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { getFile, uploadFile } from "../../../testing/scenes/files.ts";
import { connectVisitorAgain, newClientId, refusal } from "../../../testing/scenes/people.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { removeLeftovers } from "../../domains/media/remove-leftovers.ts";

let node: TestNode;
let sql: Awaited<ReturnType<typeof openSql>>;
let desk: Awaited<ReturnType<typeof makeDesk>>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  desk = await makeDesk(node);
});
afterAll(async () => {
  desk.close();
  await sql.end();
  await node.stop();
});

const erase = async (customerId: string, { cookie }: { cookie: string } = desk.admin) => {
  const answer = await call(node, "POST", `/api/customers/${customerId}/erasure`, { headers: { cookie } });
  return answer.status === 200 ? "yes" : failureIn(answer).code;
};
const isErased = (customerId: string) =>
  eventually(async () => {
    const { rows } = await sql.query("SELECT FROM customers WHERE id = $1 AND erased_at IS NOT NULL", [
      customerId,
    ]);
    expect(rows).toHaveLength(1);
  });
const say = (
  person: { request: typeof desk.agent.request },
  conversationId: string,
  text: string,
  file?: Attachment,
) =>
  person.request("message.send", {
    conversationId,
    clientId: newClientId(),
    text,
    ...(file && { file: file.id }),
  });

/** A customer with something of theirs in every place that keeps something. */
async function makeKnown(secret: string) {
  const visitor = await makeServedBy(secret);
  const { customerId, conversationId } = visitor;
  for (const [kind, vouched] of [
    ["signed", true],
    ["own", false],
  ] as const) {
    await sql.query(
      `INSERT INTO customer_identities (organisation_id, channel_id, customer_id, kind, external_id, vouched)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [desk.organisationId, desk.channelId, customerId, kind, `${kind} ${secret}`, vouched],
    );
  }
  // Nobody receives it: it waits, as it came.
  await sql.query(
    "INSERT INTO inbox (organisation_id, channel_id, key, lane, body) VALUES ($1, $2, $3, $4, $5)",
    [desk.organisationId, desk.channelId, newClientId(), `own ${secret}`, `${secret} was pushed`],
  );
  const deeds = customerDeeds(node, desk.admin).of(customerId);
  detailsIn(await deeds.change({ name: { was: null, value: `Team ${secret}` } }));
  detailsIn(await deeds.change({ email: { was: null, value: `${secret}.team@own.example`.toLowerCase() } }));
  detailsIn(await deeds.change({ phone: { was: null, value: "+44 7700 900123" } }));
  detailsIn(await deeds.note(`Noted ${secret}`));
  const holder = { token: visitor.visitor.token, channelId: desk.channelId };
  const content = `file of ${secret}`;
  const file = await uploadFile(node, holder, { name: `${secret}.txt`, content });
  await say(visitor.visitor, conversationId, `I wrote ${secret}`, file);
  await say(desk.agent, conversationId, `We answered ${secret}`);
  return { ...visitor, file, content };
}

async function makeServedBy(secret: string) {
  const made = await makeServed(node, desk.channelId, desk.agent, secret);
  await sql.query(
    `UPDATE conversations SET page_url = $2, page_title = $2, referrer = $2, user_agent = $2, answers_by_mail = true
     WHERE id = $1`,
    [made.conversationId, `https://shop.example/${secret}`],
  );
  return made;
}

describe("F4: what is kept of one customer is erased", () => {
  test("F4: nothing of it is in the database or the file store any more; numbers stay, and others keep theirs", async () => {
    const gone = await makeKnown("Wisteria");
    const other = await makeKnown("Juniper");
    // The index of the search keeps words too.
    await everythingIndexed(node);
    const before = await dump(sql);
    expect(before.match(/wisteria/gi)?.length).toBeGreaterThan(15);
    expect(before).toContain("+44 7700 900123");
    const log = await storedLog(sql, gone.conversationId);
    await desk.agent.request("conversation.close", { conversationId: other.conversationId });

    expect(await erase(gone.customerId)).toBe("yes");
    await isErased(gone.customerId);

    const after = await dump(sql);
    expect(after).not.toMatch(/wisteria/i);
    expect(after.match(/juniper/gi)?.length).toBe(before.match(/juniper/gi)?.length);
    await expectDenseLogs(sql);
    const left = await storedLog(sql, gone.conversationId);
    expect(left.map(({ kind }) => kind)).toEqual([
      ...log.map(({ kind }) => (kind === "message" ? "erased" : kind)),
      "closed",
      "cleared",
    ]);
    await removeLeftovers(node.services.storage, node.services.files, { unsentSeconds: 0, looseSeconds: 0 });
    const { rows } = await sql.query<{ bytes: number }>("SELECT bytes FROM file_contents");
    expect(rows.map(({ bytes }) => bytes)).toEqual([other.content.length]);
  });

  test("F4: a merged customer goes with everybody who was found to be the same person, also by the id of one", async () => {
    const [one, two] = [await makeServedBy("Magnolia"), await makeServedBy("Camellia")];
    detailsIn(await customerDeeds(node, desk.admin).of(one.customerId).merge(two.customerId));
    expect(await erase(two.customerId)).toBe("yes");
    await isErased(one.customerId);
    await isErased(two.customerId);
    expect(await dump(sql)).not.toMatch(/magnolia|camellia/i);
  });

  test("F4: a name that a merge lent to somebody goes from the note of the merge too", async () => {
    const nameless = await makeServed(node, desk.channelId, desk.agent);
    const named = await makeServedBy("Hyacinth");
    detailsIn(await customerDeeds(node, desk.admin).of(nameless.customerId).merge(named.customerId));
    expect(await dump(sql)).toMatch(/customer_merges .*Hyacinth/);
    expect(await erase(nameless.customerId)).toBe("yes");
    await isErased(named.customerId);
    expect(await dump(sql)).not.toMatch(/hyacinth/i);
  });

  test("F4: whom an answer by mail went to goes from the outbox, and from the audit log that nobody can change", async () => {
    const { customerId, conversationId } = await makeServedBy("Oleander");
    await say(desk.agent, conversationId, "Answered by mail");
    const { rows } = await sql.query("SELECT id FROM mails WHERE conversation_id = $1", [conversationId]);
    await call(node, "POST", `/api/mails/${rows[0].id}/retry`, { headers: { cookie: desk.admin.cookie } });
    await sql.query("UPDATE audit_entries SET target_name = 'oleander@own.example' WHERE target_id = $1", [
      rows[0].id,
    ]);
    expect(await erase(customerId)).toBe("yes");
    await isErased(customerId);
    expect(await dump(sql)).not.toMatch(/oleander/i);
    const kept = await sql.query("SELECT action FROM audit_entries WHERE target_id = $1", [rows[0].id]);
    expect(kept.rows).toEqual([{ action: "mail.retried" }]);
  });

  test("F4: erasing twice is harmless, and noted once, without the name", async () => {
    const { customerId } = await makeServedBy("Primrose");
    expect([await erase(customerId), await erase(customerId)]).toEqual(["yes", "yes"]);
    await isErased(customerId);
    expect(await erase(customerId)).toBe("yes");
    const noted = await sql.query(
      "SELECT target_name, changes FROM audit_entries WHERE action = 'customer.erased' AND target_id = $1",
      [customerId],
    );
    expect(noted.rows).toEqual([{ target_name: customerId.slice(-4).toUpperCase(), changes: {} }]);
  });

  test("F4: an agent may not, and to an admin of another organisation there is no such customer", async () => {
    const { customerId } = await makeServed(node, desk.channelId, desk.agent);
    const elsewhere = await makeDesk(node, "Elsewhere");
    expect(await erase(customerId, desk.agent)).toBe("forbidden");
    expect(await erase(customerId, elsewhere.admin)).toBe("customer_unknown");
    elsewhere.close();
  });

  test("F4: nothing is written down about an erased customer any more, and nobody is merged with them", async () => {
    const { customerId } = await makeServed(node, desk.channelId, desk.agent);
    const { customerId: another } = await makeServed(node, desk.channelId, desk.agent);
    expect(await erase(customerId)).toBe("yes");
    const deeds = customerDeeds(node, desk.admin).of(customerId);
    expect(detailsIn(await deeds.read())).toMatchObject({ erased: true, ownName: null, notes: [], tags: [] });
    expect(await deeds.note("Still here")).toBe("customer_erased");
    expect(await deeds.change({ name: { was: null, value: "Somebody" } })).toBe("customer_erased");
    expect(await customerDeeds(node, desk.admin).of(another).merge(customerId)).toBe("customer_erased");
  });
});

describe("F4: screens let go of what was erased", () => {
  test("F4: the chat leaves the agent's list; whoever asks for the log, a page or a file gets none of it", async () => {
    const { customerId, conversationId, file } = await makeKnown("Lavender");
    expect(await erase(customerId)).toBe("yes");
    await isErased(customerId);
    const { conversations } = await desk.agent.request("current.list", {});
    expect(conversations.map(({ id }) => id)).not.toContain(conversationId);
    const page = await desk.agent.request("entries.after", { conversationId, after: 0 });
    expect(JSON.stringify(page)).not.toMatch(/lavender/i);
    expect((await getFile(node, { ...desk.agent, conversationId }, file.id)).status).toBe(404);
    await eventually(() => {
      const told = desk.admin.news.flatMap((news) => (news.type === "erased" ? news.conversations : []));
      expect(told).toContainEqual({ conversationId, head: page.head });
    });
  });

  test("F4: what is not yet out of the rows is shown to nobody", async () => {
    const { conversationId, file } = await makeKnown("Marigold");
    await desk.agent.request("conversation.close", { conversationId });
    await sql.query("UPDATE conversations SET erased_at = now() WHERE id = $1", [conversationId]);
    const page = await desk.agent.request("entries.before", { conversationId, before: 100 });
    expect(JSON.stringify(page)).not.toMatch(/marigold/i);
    expect((await getFile(node, { ...desk.agent, conversationId }, file.id)).status).toBe(404);
    const { cookie } = desk.agent;
    const path = `/api/conversations/${conversationId}/transcript?format=json`;
    expect((await call(node, "GET", path, { headers: { cookie } })).text).not.toMatch(/I wrote marigold/i);
  });

  test("F4: the customer's socket is cut and their key opens nothing; who writes again is somebody new", async () => {
    const { visitor, customerId } = await makeServed(node, desk.channelId, desk.agent);
    expect(await erase(customerId)).toBe("yes");
    await eventually(() => expect(visitor.state).toBe("refused"));
    expect(await refusal(connectVisitorAgain(node, desk.channelId, visitor.token))).toBe("sign_in_required");
    const again = await makeServed(node, desk.channelId, desk.agent);
    expect(again.customerId).not.toBe(customerId);
  });

  test("F4: a message of theirs that comes at the same moment opens no chat", async () => {
    const { visitor, customerId, conversationId } = await makeServed(node, desk.channelId, desk.agent);
    await desk.agent.request("conversation.close", { conversationId });
    await sql.query("UPDATE customers SET erasure_began_at = now() WHERE id = $1", [customerId]);
    const opening = visitor.request("conversation.open", { clientId: newClientId(), text: "Me again" });
    expect(await refusal(opening)).toBe("sign_in_required");
  });

  test("F4: what they say of themselves at the same moment is not kept", async () => {
    const { visitor, customerId } = await makeServed(node, desk.channelId, desk.agent);
    await sql.query("UPDATE customers SET erasure_began_at = now() WHERE id = $1", [customerId]);
    const contact = { name: "Snowdrop", email: "snowdrop@own.example" };
    await visitor.request("conversation.open", { clientId: newClientId(), text: "Me again", contact });
    expect(await dump(sql)).not.toMatch(/snowdrop/i);
  });

  test("F4: a chat that waits leaves the wait list", async () => {
    const { customerId, conversationId } = await makeServed(node, desk.channelId, desk.agent);
    await desk.agent.request("conversation.release", { conversationId });
    const before = await desk.agent.request("waiting.list", {});
    expect(await erase(customerId)).toBe("yes");
    const after = await desk.agent.request("waiting.list", {});
    expect(after.total).toBe(before.total - 1);
    expect(after.conversations.map(({ id }) => id)).not.toContain(conversationId);
  });
});
