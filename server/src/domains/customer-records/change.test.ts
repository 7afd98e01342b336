import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { auditOf, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
});
afterAll(async () => {
  desk.close();
  await node.stop();
});

const as = (who: "agent" | "colleague" | "admin") => customerDeeds(node, desk[who]);
const serve = (name?: string) => makeServed(node, desk.channelId, desk.agent, name);

describe("C9: what the team calls a customer", () => {
  test("C9: goes before the channel's name, which stays beside it, and everybody sees it at once", async () => {
    const { customerId, visitor } = await serve("mei_lin_88");
    const deeds = as("agent").of(customerId);
    desk.agent.news.length = 0;
    const details = detailsIn(await deeds.change({ name: { was: null, value: "  Mei Lin " } }));
    expect(details).toMatchObject({ ownName: "mei_lin_88", teamName: "Mei Lin" });
    await eventually(() => {
      const lines = desk.agent.news.flatMap((item) => (item.type === "current.changed" ? item.changed : []));
      expect(lines.at(-1)?.customer.name).toBe("Mei Lin");
      expect(desk.admin.news).toContainEqual({ type: "customer.changed", customerIds: [customerId] });
    });
    expect(detailsIn(await deeds.change({ name: { was: "Mei Lin", value: null } })).teamName).toBeNull();
    visitor.close();
  });

  test("C9: two who type over the same value at once: the first stays, the second is told", async () => {
    const { customerId, visitor } = await serve();
    const outcomes = await Promise.all(
      (["agent", "admin"] as const).map((who) =>
        as(who)
          .of(customerId)
          .change({ phone: { was: null, value: who === "agent" ? "111 111" : "222 222" } }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "customer_changed")).toHaveLength(1);
    const [won] = outcomes.filter((outcome) => typeof outcome !== "string");
    const { phone } = detailsIn(await as("admin").of(customerId).read());
    expect(phone).toBe(won?.phone);
    // Fields do not get in each other's way, and the same again is no quarrel.
    const name = { was: null, value: "Mei" };
    await as("admin").of(customerId).change({ name });
    expect(detailsIn(await as("agent").of(customerId).change({ name })).phone).toBe(phone);
    visitor.close();
  });

  test("C9: the address of the team is the one that answers go to, and a form of the customer does not replace it", async () => {
    const { customerId, conversationId, visitor } = await serve("Mei");
    await as("agent")
      .of(customerId)
      .change({ email: { was: null, value: "Mei@Work.Example" } });
    await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "Me again",
      contact: { email: "second@own.example" },
    });
    await desk.agent.request("message.send", { conversationId, clientId: newClientId(), text: "Hi" });
    const mails = await sqlOn<{ recipient: string }>(
      node,
      "SELECT recipient FROM mails WHERE conversation_id = $1",
      [conversationId],
    );
    expect(mails).toEqual([{ recipient: "mei@work.example" }]);
    const details = detailsIn(await as("agent").of(customerId).read());
    expect(details).toMatchObject({ teamEmail: "mei@work.example", ownEmail: "second@own.example" });
    visitor.close();
  });

  test("C9, H3: an admin's edit is in the audit log by the name of the field, an agent's is not", async () => {
    const { customerId, visitor } = await serve();
    await as("agent")
      .of(customerId)
      .change({ name: { was: null, value: "Mei" } });
    expect(await auditOf(node, customerId)).toEqual([]);
    await as("admin")
      .of(customerId)
      .change({ phone: { was: null, value: "+86 21 5555 0100" } });
    const [noted, ...more] = await auditOf(node, customerId);
    expect(noted).toMatchObject({ action: "customer.changed", changes: { phone: { from: null, to: null } } });
    expect(more).toEqual([]);
    expect(JSON.stringify(noted)).not.toContain("5555");
    visitor.close();
  });

  const wrong: [string, object, string][] = [
    ["a name of 500 characters", { name: { was: null, value: "好".repeat(500) } }, "name_too_long"],
    ["an empty name", { name: { was: null, value: "  " } }, "name_empty"],
    ["a name with NUL", { name: { was: null, value: "a\0b" } }, "name_not_text"],
    ["a name of two lines", { name: { was: null, value: "a\nb" } }, "name_not_text"],
    ["a name that is half a character", { name: { was: null, value: "a\ud83d" } }, "name_not_text"],
    ["a list for a name", { name: { was: null, value: ["Mei"] } }, "name_not_text"],
    ["no address", { email: { was: null, value: "mei" } }, "email_invalid"],
    [
      "an address with a second one",
      { email: { was: null, value: "a@b.example, c@d.example" } },
      "email_invalid",
    ],
    ["letters for a number", { phone: { was: null, value: "call me" } }, "phone_invalid"],
    ["a number of two digits", { phone: { was: null, value: "12" } }, "phone_invalid"],
    ["a number of 30 digits", { phone: { was: null, value: "1".repeat(30) } }, "phone_invalid"],
    ["a number with NUL", { phone: { was: null, value: "123\u0000456" } }, "phone_invalid"],
    ["a change without what was there", { name: { value: "Mei" } }, "request_invalid"],
  ];
  test.each(wrong)("C9: %s is refused, and nothing is changed", async (_what, body, code) => {
    const { customerId, visitor } = await serve();
    const outcome = await as("agent").of(customerId).change(body);
    expect(outcome).toBe(code);
    expect(detailsIn(await as("agent").of(customerId).read())).toMatchObject({
      teamName: null,
      teamEmail: null,
      phone: null,
    });
    visitor.close();
  });

  test("C9: markup and marks that turn text around are kept as they are: a name is only a name", async () => {
    const { customerId, visitor } = await serve();
    for (const value of ["<img src=x onerror=alert(1)>", "مريم\u200f", "{{name}}", "__proto__"]) {
      const { teamName } = detailsIn(await as("agent").of(customerId).read());
      const details = detailsIn(
        await as("agent")
          .of(customerId)
          .change({ name: { was: teamName, value } }),
      );
      expect(details.teamName).toBe(value);
    }
    visitor.close();
  });
});
