import type { CustomFieldList } from "@grata/contract/customers";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { failureOf } from "../../../testing/checks/refusals.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { connectVisitorAgain, newClientId } from "../../../testing/scenes/people.ts";
import { auditOf, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let elsewhere: Awaited<ReturnType<typeof makeDesk>>;
let fieldId: string;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
  elsewhere = await makeDesk(node, "Elsewhere");
  const field = { name: "City", kind: "text", choices: [] };
  const list = await customerDeeds(node, desk.admin).ask<CustomFieldList>(
    "POST",
    "/api/customer-fields",
    field,
  );
  fieldId = typeof list === "string" ? "" : (list.fields[0]?.id ?? "");
});
afterAll(async () => {
  desk.close();
  elsewhere.close();
  await node.stop();
});

const serve = (name?: string) => makeServed(node, desk.channelId, desk.agent, name);
const of = (customerId: string) => customerDeeds(node, desk.agent).of(customerId);
const read = async (customerId: string) => detailsIn(await of(customerId).read());

async function merged(survivorId: string, mergedId: string): Promise<string> {
  const details = detailsIn(await of(survivorId).merge(mergedId));
  return details.merged.find(({ id }) => id === mergedId)?.mergeId ?? "";
}

/** Everything that is kept of these customers, but for the log of merges. */
function kept(...ids: string[]) {
  return sqlOn(
    node,
    `SELECT to_jsonb(c)::text AS line FROM customers c WHERE id = ANY ($1)
     UNION ALL SELECT to_jsonb(t)::text FROM customer_tags t WHERE customer_id = ANY ($1)
     UNION ALL SELECT to_jsonb(f)::text FROM customer_field_values f WHERE customer_id = ANY ($1)
     UNION ALL SELECT to_jsonb(n)::text FROM customer_notes n WHERE customer_id = ANY ($1)
     UNION ALL SELECT to_jsonb(k)::text FROM conversations k WHERE customer_id = ANY ($1)
     UNION ALL SELECT to_jsonb(v)::text FROM visitor_tokens v WHERE customer_id = ANY ($1) ORDER BY 1`,
    [ids],
  );
}

describe("C9: two customers who are one person", () => {
  test("C9: have the notes, tags, fields and chats of both; undoing puts everything back exactly", async () => {
    const [one, two] = [await serve(), await serve("Mei")];
    await of(one.customerId).tag("Both");
    await of(two.customerId).tag("Both");
    await of(two.customerId).tag("Theirs");
    await of(two.customerId).note("Of the second");
    await of(two.customerId).change({ phone: { was: null, value: "555 0100" } });
    await of(two.customerId).fill(fieldId, "Shanghai");
    const before = await kept(one.customerId, two.customerId);

    const mergeId = await merged(one.customerId, two.customerId);
    // By whichever id they are asked for.
    for (const id of [one.customerId, two.customerId]) {
      const details = await read(id);
      expect(details).toMatchObject({ id: one.customerId, teamName: "Mei", phone: "555 0100" });
      expect(details.teamEmail ?? details.ownEmail).toBeNull();
      expect(details.tags.map(({ name }) => name).sort()).toEqual(["Both", "Theirs"]);
      expect(details.notes.map(({ text }) => text)).toEqual(["Of the second"]);
      expect(details.fields[0]?.value).toBe("Shanghai");
      expect(details.merged).toMatchObject([{ id: two.customerId, name: "Mei", undoable: true }]);
      expect(await of(id).chats()).toMatchObject({
        conversations: [{ id: two.conversationId }, { id: one.conversationId }],
      });
    }
    desk.agent.news.length = 0;
    expect(await of(one.customerId).undo(mergeId)).toEqual({});
    expect(await kept(one.customerId, two.customerId)).toEqual(before);
    await eventually(() =>
      expect(desk.agent.news).toContainEqual({
        type: "customer.changed",
        customerIds: expect.arrayContaining([one.customerId, two.customerId]),
      }),
    );
    expect((await auditOf(node, one.customerId)).map(({ action }) => action)).toEqual([
      "customer.merged",
      "customer.unmerged",
    ]);
    for (const { visitor } of [one, two]) visitor.close();
  });

  test("C9: what the team wrote down in between stays with the survivor", async () => {
    const [one, two] = [await serve(), await serve("Mei")];
    await of(two.customerId).tag("Kept");
    const mergeId = await merged(one.customerId, two.customerId);
    await of(two.customerId).change({ name: { was: "Mei", value: "Mei Lin" } });
    await of(two.customerId).note("Since then");
    await of(two.customerId).tag("Kept");
    await of(one.customerId).undo(mergeId);
    const details = await read(one.customerId);
    expect(details).toMatchObject({ teamName: "Mei Lin", notes: [{ text: "Since then" }] });
    expect(details.tags.map(({ name }) => name)).toEqual(["Kept"]);
    expect(await read(two.customerId)).toMatchObject({ teamName: null, ownName: "Mei", notes: [] });
    for (const { visitor } of [one, two]) visitor.close();
  });

  test("C9: with an open chat each go on in both, each browser in its own, also one that comes back", async () => {
    const [one, two] = [await serve("Ann"), await serve("Beth")];
    await merged(one.customerId, two.customerId);
    for (const { visitor, conversationId } of [one, two]) {
      await visitor.request("message.send", { conversationId, clientId: newClientId(), text: "Still here" });
      const again = await connectVisitorAgain(node, desk.channelId, visitor.token);
      const mine = await again.request("conversation.mine", {});
      expect(mine.conversation?.id).toBe(conversationId);
      again.close();
    }
    // A wrong merge shows nobody's words to somebody else.
    const foreign = { conversationId: one.conversationId, after: 0 };
    expect((await failureOf(two.visitor.request("entries.after", foreign))).code).toBe(
      "conversation_unknown",
    );
    expect(JSON.stringify(two.visitor.news)).not.toContain(one.conversationId);
    // The one open chat that a customer may have is that of the browser: closed, and opened again.
    await desk.agent.request("conversation.close", { conversationId: two.conversationId });
    const next = await two.visitor.request("conversation.open", { clientId: newClientId(), text: "New" });
    expect(next.conversation.id).not.toBe(one.conversationId);
    const { conversations } = await desk.agent.request("waiting.list", {});
    expect(conversations.find(({ id }) => id === next.conversation.id)?.customer.name).toBe("Ann");
    for (const { visitor } of [one, two]) visitor.close();
  });

  test("C9: a third one joins them; the later merge is undone before the earlier one", async () => {
    const [one, two, three] = [await serve("One"), await serve("Two"), await serve("Three")];
    const before = await kept(one.customerId, two.customerId, three.customerId);
    const first = await merged(two.customerId, three.customerId);
    const second = await merged(one.customerId, two.customerId);
    const details = await read(three.customerId);
    expect(details.id).toBe(one.customerId);
    expect(details.merged.map(({ undoable }) => undoable)).toEqual([false, true]);
    expect(await of(one.customerId).undo(first)).toBe("merge_built_upon");
    await of(one.customerId).undo(second);
    expect((await read(three.customerId)).id).toBe(two.customerId);
    await of(two.customerId).undo(first);
    expect(await kept(one.customerId, two.customerId, three.customerId)).toEqual(before);
    for (const { visitor } of [one, two, three]) visitor.close();
  });

  test("C9, H2: is refused with oneself, twice, with a part of another, and with strangers", async () => {
    const [one, two, three] = [await serve(), await serve(), await serve()];
    const stranger = await makeServed(node, elsewhere.channelId, elsewhere.agent);
    expect(await of(one.customerId).merge(one.customerId)).toBe("merge_with_itself");
    expect(await of(one.customerId).merge(stranger.customerId)).toBe("customer_unknown");
    expect(await of(one.customerId).merge(newId())).toBe("customer_unknown");
    const mergeId = await merged(one.customerId, two.customerId);
    expect(await of(one.customerId).merge(two.customerId)).toBe("customers_merged");
    expect(await of(two.customerId).merge(one.customerId)).toBe("merge_with_itself");
    expect(await of(three.customerId).merge(two.customerId)).toBe("customers_merged");
    expect(await of(three.customerId).undo(mergeId)).toBe("merge_unknown");
    const theirs = customerDeeds(node, elsewhere.admin).of(stranger.customerId);
    expect(await theirs.undo(mergeId)).toBe("merge_unknown");
    expect(await of(one.customerId).undo(mergeId)).toEqual({});
    expect(await of(one.customerId).undo(mergeId)).toBe("merge_undone");
    // Of a colleague's customers an agent knows nothing.
    const other = await makeServed(node, desk.channelId, desk.colleague);
    expect(await of(one.customerId).merge(other.customerId)).toBe("customer_unknown");
    for (const { visitor } of [one, two, three, stranger, other]) visitor.close();
  });

  test("C9: two who merge the same at once make one merge of it", async () => {
    const [one, two] = [await serve(), await serve()];
    const outcomes = await Promise.all([
      of(one.customerId).merge(two.customerId),
      customerDeeds(node, desk.admin).of(two.customerId).merge(one.customerId),
      of(one.customerId).merge(two.customerId),
    ]);
    expect(outcomes.filter((outcome) => typeof outcome !== "string")).toHaveLength(1);
    const { id, merged: parts } = await read(one.customerId);
    expect([one.customerId, two.customerId]).toContain(id);
    expect(parts).toHaveLength(1);
    for (const { visitor } of [one, two]) visitor.close();
  });

  test("C9: nothing that is sent meanwhile is lost, and every log stays without a gap", async () => {
    const chats = [await serve(), await serve()];
    const [one, two] = chats.map(({ customerId }) => customerId);
    const sends = chats.flatMap(({ visitor, conversationId }) =>
      Array.from({ length: 40 }, async (_, index) => {
        const text = `Message ${index}`;
        const clientId = newClientId();
        await visitor.request("message.send", { conversationId, clientId, text });
        await desk.agent.request("message.send", { conversationId, clientId: newClientId(), text: "Yes" });
      }),
    );
    for (let round = 0; round < 5; round++) {
      await of(one ?? "").undo(await merged(one ?? "", two ?? ""));
    }
    await Promise.all(sends);
    for (const { conversationId } of chats) {
      const [log] = await sqlOn(
        node,
        `SELECT count(*)::int AS entries, max(seq) AS last,
           count(*) FILTER (WHERE author_kind = 'customer')::int AS said,
           (SELECT head FROM conversations WHERE id = $1) AS head
         FROM entries WHERE conversation_id = $1`,
        [conversationId],
      );
      // The first message and the claim before them.
      expect(log).toEqual({ entries: 82, last: 82, head: 82, said: 41 });
    }
    for (const { visitor } of chats) visitor.close();
  });
});
