import type { Routing, RoutingRule, TriedRouting } from "@grata/contract/routing";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { failureIn } from "../../../testing/checks/http.ts";
import { expectDenseLogs, openSql } from "../../../testing/checks/stored.ts";
import { customerDeeds, detailsIn } from "../../../testing/scenes/customers.ts";
import { makeGroup } from "../../../testing/scenes/groups.ts";
import { connectUser, connectVisitor, makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { makeTeam, outcomeIn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let sql: Awaited<ReturnType<typeof openSql>>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await sql.end();
  await node.stop();
});

type Team = Awaited<ReturnType<typeof makeTeam>>;
const settings = { overflowMinutes: null, groupsSeeEverybody: true };
const rule = (groupId: string | null, when: RoutingRule["when"] = {}, on = true): RoutingRule => ({
  id: newId(),
  groupId,
  when,
  on,
});
const read = async (team: Team): Promise<Routing> => JSON.parse((await team.ask("GET", "/api/routing")).text);
const write = (team: Team, version: number, rules: RoutingRule[], more: object = {}) =>
  team.ask("PUT", "/api/routing", { ...settings, version, rules, ...more });
async function saved(team: Team, rules: RoutingRule[], more: object = {}): Promise<Routing> {
  const answer = await write(team, (await read(team)).version, rules, more);
  expect(outcomeIn(answer)).toBe("yes");
  return JSON.parse(answer.text);
}

/** A customer who writes; returns where their chat waits. */
async function arrive(team: Team, text = "Hello", page?: string) {
  const customer = await connectVisitor(node, team.channelId);
  onTestFinished(() => customer.close());
  const { conversation } = await customer.request("conversation.open", {
    clientId: newClientId(),
    text,
    ...(page !== undefined && { page: { url: page, title: "" } }),
  });
  return { id: conversation.id, customer, queueId: await queueOf(conversation.id) };
}
const queueOf = async (id: string): Promise<string> =>
  (await sql.query("SELECT queue_id FROM conversations WHERE id = $1", [id])).rows[0].queue_id;

/** An agent of these groups, with a console open. */
async function join(team: Team, ...groupIds: string[]) {
  const user = await makeUser(node, team.organisationId);
  const path = `/api/team/users/${user.userId}/groups`;
  expect(outcomeIn(await team.ask("PUT", path, { groupIds }))).toBe("yes");
  const agent = await connectUser(node, user.cookie);
  onTestFinished(() => agent.close());
  return { ...user, agent };
}

describe("E1, E2: rules lead new chats to groups", () => {
  test("E1, E2: the first rule that matches decides, its group alone sees the chat, and no match means everybody", async () => {
    const team = await makeTeam(node);
    const [returns, sales] = [
      await makeGroup(node, team.organisationId, []),
      await makeGroup(node, team.organisationId, []),
    ];
    await saved(team, [
      rule(returns, { keywords: ["refund"] }),
      rule(sales, { pages: ["/buy/*"] }),
      rule(sales, { keywords: ["refund", "price"] }, false),
    ]);
    const [mei, kai] = [await join(team, returns), await join(team, sales)];
    const refund = await arrive(team, "A refund, please", "https://shop.example/buy/tea");
    const price = await arrive(team, "The price?", "https://shop.example/buy/tea");
    const other = await arrive(team, "Hello");
    expect([refund.queueId, price.queueId, other.queueId]).toEqual([returns, sales, team.organisationId]);
    const listed = async (agent: typeof mei.agent, queue?: string) =>
      (await agent.request("waiting.list", queue === undefined ? {} : { queue })).conversations.map(
        ({ id }) => id,
      );
    expect([await listed(mei.agent, returns), await listed(mei.agent)]).toEqual([[refund.id], [other.id]]);
    await expect(listed(kai.agent, returns)).rejects.toMatchObject({ failure: { code: "forbidden" } });
    await expect(
      kai.agent.request("conversation.claim", { conversationId: refund.id }),
    ).rejects.toMatchObject({
      failure: { code: "conversation_unknown" },
    });
    await kai.agent.request("conversation.claim", { conversationId: price.id });
  });

  test("E1: tags, fields and language of everybody who is the same person count", async () => {
    const team = await makeTeam(node);
    const vip = await makeGroup(node, team.organisationId, []);
    const first = await arrive(team);
    const { customerId } = first.customer;
    const { tags } = detailsIn(await customerDeeds(node, team.admin).of(customerId).tag("VIP"));
    await saved(team, [rule(vip, { tags: [tags[0]?.id ?? ""] })]);
    const agent = await join(team);
    await agent.agent.request("conversation.claim", { conversationId: first.id });
    await agent.agent.request("conversation.close", { conversationId: first.id });
    const { conversation } = await first.customer.request("conversation.open", {
      clientId: newClientId(),
      text: "It is me again",
    });
    expect(await queueOf(conversation.id)).toBe(vip);
  });

  test("E2: an organisation may keep groups apart: then their agents do not see what waits for everybody", async () => {
    const team = await makeTeam(node);
    const returns = await makeGroup(node, team.organisationId, []);
    await saved(team, [], { groupsSeeEverybody: false });
    const [mei, kai] = [await join(team, returns), await join(team)];
    const { id } = await arrive(team);
    expect((await kai.agent.request("waiting.list", {})).conversations.map((chat) => chat.id)).toEqual([id]);
    expect(await mei.agent.request("waiting.list", {})).toMatchObject({ conversations: [], total: 0 });
    await expect(mei.agent.request("conversation.claim", { conversationId: id })).rejects.toMatchObject({
      failure: { code: "conversation_unknown" },
    });
    await expect(mei.agent.request("conversation.claimNext", { order: "longest" })).rejects.toMatchObject({
      failure: { code: "wait_list_empty" },
    });
  });

  test("E2: after the organisation's time a chat opens to everybody, and its log says so", async () => {
    const team = await makeTeam(node);
    const returns = await makeGroup(node, team.organisationId, []);
    await saved(team, [rule(returns)], { overflowMinutes: 5 });
    const [old, fresh] = [await arrive(team, "old"), await arrive(team, "fresh")];
    const kai = await join(team);
    await sql.query(
      "UPDATE conversations SET waiting_since = waiting_since - interval '6 minutes' WHERE id = $1",
      [old.id],
    );
    await eventually(async () => expect(await queueOf(old.id)).toBe(team.organisationId));
    await eventually(async () =>
      expect((await kai.agent.request("waiting.list", {})).conversations.map(({ id }) => id)).toEqual([
        old.id,
      ]),
    );
    expect(await queueOf(fresh.id)).toBe(returns);
    const { entries } = await kai.agent.request("entries.after", { conversationId: old.id, after: 0 });
    expect(entries.at(-1)).toMatchObject({
      occurrence: { kind: "moved", why: "overflow" },
      audience: "team",
    });
    const seen = await old.customer.request("entries.after", { conversationId: old.id, after: 1 });
    expect(seen.entries.map(({ occurrence }) => occurrence)).toEqual([{ kind: "hidden" }]);
    await expectDenseLogs(sql);
  });

  test("B9, E2: a group is deleted while chats wait for it and one is served: all of them go on, for everybody", async () => {
    const team = await makeTeam(node);
    const returns = await makeGroup(node, team.organisationId, []);
    const { version } = await saved(team, [rule(returns)]);
    const mei = await join(team, returns);
    const [served, waiting] = [await arrive(team, "served"), await arrive(team, "waiting")];
    await mei.agent.request("conversation.claim", { conversationId: served.id });
    const deleted = JSON.parse((await team.ask("DELETE", `/api/user-groups/${returns}`)).text);
    expect(deleted).toEqual({ moved: 1, groups: [] });
    expect(await queueOf(waiting.id)).toBe(team.organisationId);
    await mei.agent.request("conversation.release", { conversationId: served.id });
    const kai = await join(team);
    expect((await kai.agent.request("waiting.list", {})).conversations.map(({ id }) => id)).toEqual([
      served.id,
      waiting.id,
    ]);
    // The rule stays, is pointed out, and skipped.
    const { rules, findings } = await read(team);
    expect(findings).toEqual({ [rules[0]?.id ?? ""]: ["group_gone"] });
    expect((await arrive(team)).queueId).toBe(team.organisationId);
    // It is kept as it is; a new one to the same group is refused.
    expect(outcomeIn(await write(team, version, rules, { overflowMinutes: 9 }))).toBe("yes");
    const again = [...rules, rule(returns)];
    expect(outcomeIn(await write(team, version + 1, again))).toBe("group_unknown");
    await expectDenseLogs(sql);
  });

  test("E1: the second of two admins who change the rules at once is refused, and the first one's rules stay", async () => {
    const team = await makeTeam(node);
    const [one, other] = await Promise.all([
      write(team, 0, [rule(null, { keywords: ["one"] })]),
      write(team, 0, [rule(null, { keywords: ["other"] })]),
    ]);
    expect([outcomeIn(one), outcomeIn(other)].sort()).toEqual(["routing_changed", "yes"]);
    const winner = outcomeIn(one) === "yes" ? "one" : "other";
    expect((await read(team)).rules.map(({ when }) => when.keywords)).toEqual([[winner]]);
  });

  test.each<[string, object, string]>([
    ["a channel that is gone", { channels: [newId()] }, "channel_unknown"],
    ["a tag that is gone", { tags: [newId()] }, "tag_unknown"],
    ["a field that is gone", { field: { id: newId(), test: "filled" } }, "field_unknown"],
    ["a field without a value", { field: { id: newId(), test: "is" } }, "rule_value_missing"],
    ["a pattern of two lines", { pages: ["/a\n/b"] }, "rule_text_invalid"],
    ["an empty keyword", { keywords: ["  "] }, "rule_text_invalid"],
    ["no alternative", { keywords: [] }, "request_invalid"],
  ])("E1: a rule about %s is refused", async (_, when, code) => {
    const team = await makeTeam(node);
    expect(outcomeIn(await write(team, 0, [rule(null, when)]))).toBe(code);
    expect(await read(team)).toMatchObject({ version: 0, rules: [] });
  });

  test("E1: more than five hundred rules are refused in a sentence", async () => {
    const team = await makeTeam(node);
    const answer = await write(
      team,
      0,
      Array.from({ length: 501 }, () => rule(null)),
    );
    expect(outcomeIn(answer)).toBe("too_many_rules");
    expect(failureIn(answer).fields?.rules?.message).toContain("500 rules");
  });

  test("E1: the rules are tried with a described customer and with a real one", async () => {
    const team = await makeTeam(node);
    const vip = await makeGroup(node, team.organisationId, []);
    const { customer } = await arrive(team);
    const { tags } = detailsIn(await customerDeeds(node, team.admin).of(customer.customerId).tag("VIP"));
    const tagId = tags[0]?.id ?? "";
    const rules = [
      rule(vip, { keywords: ["refund"] }),
      rule(vip, { tags: [tagId], channels: [team.channelId] }),
    ];
    const tried = async (body: object): Promise<TriedRouting> =>
      JSON.parse((await team.ask("POST", "/api/routing/try", { rules, ...body })).text);
    expect(await tried({ text: "Refund!" })).toMatchObject({ ruleId: rules[0]?.id, groupId: vip });
    expect(await tried({ text: "Hello" })).toEqual({
      ruleId: null,
      groupId: null,
      steps: [
        { ruleId: rules[0]?.id, failed: "keywords" },
        { ruleId: rules[1]?.id, failed: "channels" },
      ],
    });
    expect(await tried({ customerId: customer.customerId })).toMatchObject({ ruleId: rules[1]?.id });
    expect(await tried({ customerId: customer.customerId, tags: [] })).toMatchObject({ ruleId: null });
    const unknown = await team.ask("POST", "/api/routing/try", { rules, customerId: newId() });
    expect(outcomeIn(unknown)).toBe("customer_unknown");
  });
});
