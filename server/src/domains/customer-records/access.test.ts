import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureOf } from "../../../testing/checks/refusals.ts";
import { makeCustomer } from "../../../testing/scenes/chats.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { connectVisitorAgain, newClientId } from "../../../testing/scenes/people.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { open } from "../../channels/webchat/open.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let elsewhere: Awaited<ReturnType<typeof makeDesk>>;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
  elsewhere = await makeDesk(node, "Elsewhere");
});
afterAll(async () => {
  desk.close();
  elsewhere.close();
  await node.stop();
});

const unknown = "customer_unknown";
type Name = "agent" | "colleague" | "admin";

/** The customer's chat, in each state, and whether agent, colleague and admin then know the customer. */
const states: Record<string, [agent: boolean, colleague: boolean, admin: boolean]> = {
  waiting: [true, true, true],
  claimed: [true, false, true],
  closed: [true, false, true],
};

describe("C9, H2: whoever may see a chat of a customer knows the customer", () => {
  test.each(Object.keys(states))("C9: %s", async (state) => {
    const known = states[state] ?? [];
    const name = `Findable ${state}`;
    const served = await makeServed(node, desk.channelId, desk.agent, name);
    const { customerId, conversationId, visitor } = served;
    if (state !== "claimed") await desk.agent.request("conversation.close", { conversationId });
    if (state === "waiting") {
      await visitor.request("conversation.open", { clientId: newClientId(), text: "Again" });
    }
    for (const [index, who] of (["agent", "colleague", "admin"] as Name[]).entries()) {
      const { of, ask } = customerDeeds(node, desk[who]);
      const expected = known[index] ? expect.objectContaining({ id: customerId }) : unknown;
      expect(await of(customerId).read(), who).toEqual(expected);
      expect(await of(customerId).note(`By ${who}`), who).toEqual(expected);
      const search = new URLSearchParams({ search: name.toUpperCase() });
      const { customers } = (await ask("GET", `/api/customers?${search}`)) as unknown as {
        customers: object[];
      };
      expect(customers, who).toHaveLength(known[index] ? 1 : 0);
    }
    for (const who of ["agent", "admin"] as const) {
      const { of } = customerDeeds(node, elsewhere[who]);
      for (const deed of [
        of(customerId).read(),
        of(customerId).change({ name: { was: null, value: "Theirs" } }),
        of(customerId).note("Theirs"),
        of(customerId).tag("Theirs"),
        of(customerId).chats(),
      ]) {
        expect(await deed).toBe(unknown);
      }
    }
    visitor.close();
  });

  test("C9: who serves a customer reads what a colleague wrote with them before; afterwards no more", async () => {
    const { customerId, conversationId, visitor } = await makeServed(node, desk.channelId, desk.agent);
    await desk.agent.request("conversation.close", { conversationId });
    const asked = { conversationId, after: 0 };
    const { colleague } = desk;
    expect((await failureOf(colleague.request("entries.after", asked))).code).toBe("conversation_unknown");
    const again = await visitor.request("conversation.open", { clientId: newClientId(), text: "Again" });
    const { of } = customerDeeds(node, colleague);
    const ids = async () => {
      const chats = await of(customerId).chats();
      return typeof chats === "string" ? chats : chats.conversations.map(({ id }) => id);
    };
    expect(await ids()).toEqual([again.conversation.id]);
    await colleague.request("conversation.claim", { conversationId: again.conversation.id });
    expect(await ids()).toEqual([again.conversation.id, conversationId]);
    expect((await colleague.request("entries.after", asked)).entries).toHaveLength(3);
    await colleague.request("conversation.close", { conversationId: again.conversation.id });
    expect((await failureOf(colleague.request("entries.after", asked))).code).toBe("conversation_unknown");
    expect(await ids()).toEqual([again.conversation.id]);
    visitor.close();
  });

  test("C9: a chat keeps what its browser said of itself, cut to a length, and nothing of it is believed", async () => {
    const { storage, writer } = node.services;
    const visitor = await makeCustomer(node, desk);
    const userAgent = `<script>alert(1)</script> ${"x".repeat(2_000)}`;
    const input = { clientId: newClientId(), text: "Hello", connectionId: null, userAgent };
    await open(storage, writer, visitor, input, async () => undefined);
    const chats = await customerDeeds(node, desk.agent).of(visitor.customerId).chats();
    expect(chats).toMatchObject({ conversations: [{ userAgent: userAgent.slice(0, 500) }] });
  });

  test("C9: a visitor gets none of it over their socket, and their token nothing over HTTP", async () => {
    const { visitor, customerId } = await makeServed(node, desk.channelId, desk.agent);
    await customerDeeds(node, desk.agent).of(customerId).note("Do not tell them");
    await customerDeeds(node, desk.agent)
      .of(customerId)
      .change({ name: { was: null, value: "Secret name" } });
    const again = await connectVisitorAgain(node, desk.channelId, visitor.token);
    await again.request("conversation.mine", {});
    expect(JSON.stringify([visitor.news, again.news])).not.toMatch(
      /Do not tell|Secret name|customer\.changed/,
    );
    const token = customerDeeds(node, { cookie: `grata=${visitor.token}` });
    expect(await token.of(customerId).read()).toBe("sign_in_required");
    visitor.close();
    again.close();
  });

  test("C9: a search takes anything, and finds nothing of another organisation", async () => {
    const { visitor, customerId } = await makeServed(node, desk.channelId, desk.agent, "Needle %_'\"");
    const search = async (who: { cookie: string }, wanted: string) => {
      const answer = await customerDeeds(node, who).ask<{ customers: { id: string }[] }>(
        "GET",
        `/api/customers?${new URLSearchParams({ search: wanted })}`,
      );
      return typeof answer === "string" ? answer : answer.customers.map(({ id }) => id);
    };
    expect(await search(desk.admin, "needle %_'\"")).toEqual([customerId]);
    expect(await search(desk.admin, customerId.slice(-4))).toContain(customerId);
    for (const wanted of ["", "  ", "%", "' OR 1=1 --", "a\0b", "\ud83d"]) {
      expect(await search(elsewhere.admin, wanted)).toEqual([]);
    }
    expect(await search(desk.admin, "a".repeat(201))).toBe("request_invalid");
    expect(detailsIn(await customerDeeds(node, desk.admin).of(customerId).read()).ownName).toContain(
      "Needle",
    );
    visitor.close();
  });
});
