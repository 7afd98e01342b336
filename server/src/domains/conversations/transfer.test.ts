import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { expectDenseLogs, openSql } from "../../../testing/checks/stored.ts";
import { makeGroup } from "../../../testing/scenes/groups.ts";
import {
  connectUser,
  connectVisitor,
  makeUser,
  newClientId,
  type Person,
  refusal,
} from "../../../testing/scenes/people.ts";
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

async function join(organisationId: string, name: string, role?: "admin") {
  const user = await makeUser(node, organisationId, { name, ...(role && { role }) });
  const agent = await connectUser(node, user.cookie);
  onTestFinished(() => agent.close());
  return { ...user, agent };
}

/** Mei serves a chat; Kai is her colleague. */
async function makeDesk() {
  const team = await makeTeam(node);
  const { organisationId } = team;
  const [mei, kai] = [await join(organisationId, "Mei"), await join(organisationId, "Kai")];
  const customer = await connectVisitor(node, team.channelId);
  onTestFinished(() => customer.close());
  const { conversation } = await customer.request("conversation.open", {
    clientId: newClientId(),
    text: "Hello",
  });
  const { id } = conversation;
  await mei.agent.request("conversation.claim", { conversationId: id });
  // Presence is noted by beats.
  await eventually(async () => {
    const { users } = await mei.agent.request("transfer.targets", { conversationId: id });
    expect(users.find((user) => user.id === kai.userId)?.presence).toBe("online");
  });
  await eventually(async () => {
    const { rowCount } = await sql.query(
      "SELECT FROM connected_sessions c JOIN sessions s ON s.id = c.session_id WHERE s.user_id = $1",
      [kai.userId],
    );
    expect(rowCount).toBe(1);
  });
  return { team, mei, kai, customer, id };
}
const currentOf = async (agent: Person) =>
  (await agent.request("current.list", {})).conversations.map(({ id }) => id);
const waitingFor = async (agent: Person, queue?: string) =>
  (await agent.request("waiting.list", queue === undefined ? {} : { queue })).conversations.map(
    ({ id }) => id,
  );
const logOf = async (person: Person, conversationId: string) =>
  (await person.request("entries.after", { conversationId, after: 0 })).entries;

describe("C10: a chat is transferred", () => {
  test("C10: to a colleague with a note: they are told, see both, and the customer sees them join", async () => {
    const { mei, kai, customer, id } = await makeDesk();
    await mei.agent.request("conversation.transfer", {
      conversationId: id,
      to: { kind: "user", userId: kai.userId },
      note: "Wants a refund",
    });
    expect([await currentOf(mei.agent), await currentOf(kai.agent)]).toEqual([[], [id]]);
    await eventually(() =>
      expect(kai.agent.news).toContainEqual({ type: "handed", conversationId: id, by: "Mei" }),
    );
    expect((await logOf(kai.agent, id)).slice(2)).toMatchObject([
      { occurrence: { kind: "note", text: "Wants a refund" }, author: { name: "Mei" }, audience: "team" },
      {
        occurrence: { kind: "transferred", to: { kind: "user", userId: kai.userId, name: "Kai" } },
        author: { name: "Mei" },
        audience: "team",
      },
    ]);
    const seen = await logOf(customer, id);
    expect(seen.slice(2)).toMatchObject([
      { occurrence: { kind: "hidden" } },
      { occurrence: { kind: "claimed" }, author: { name: "Kai" } },
    ]);
    expect(JSON.stringify([seen, customer.news])).not.toContain("refund");
    await kai.agent.request("message.send", { conversationId: id, clientId: newClientId(), text: "Hi" });
    const late = mei.agent.request("message.send", {
      conversationId: id,
      clientId: newClientId(),
      text: "Hm",
    });
    expect(await refusal(late)).toBe("conversation_unknown");
    await expectDenseLogs(sql);
  });

  test("C10, B8: the customer sees a colleague who has an identity join under it, also in quotes, and never their name", async () => {
    const { team, mei, kai, customer, id } = await makeDesk();
    const names = { en: { name: "Support", line: "" } };
    const made = await team.ask("POST", "/api/agent-identities", { world: "webchat", ownerId: null, names });
    const { id: identityId } = JSON.parse(made.text);
    await sql.query(
      "INSERT INTO user_identities (organisation_id, user_id, world, identity_id) VALUES ($1, $2, 'webchat', $3)",
      [team.organisationId, kai.userId, identityId],
    );
    await mei.agent.request("conversation.transfer", {
      conversationId: id,
      to: { kind: "user", userId: kai.userId },
    });
    expect((await logOf(customer, id)).at(-1)).toMatchObject({
      occurrence: { kind: "claimed" },
      author: { name: "Support" },
    });
    const again = await connectUser(node, kai.cookie);
    onTestFinished(() => again.close());
    const text = "Which size?";
    const said = await again.request("message.send", { conversationId: id, clientId: newClientId(), text });
    await customer.request("message.send", {
      conversationId: id,
      clientId: newClientId(),
      text: "Large",
      quote: said.seq,
    });
    const seen = await logOf(customer, id);
    expect(seen.at(-1)?.occurrence).toMatchObject({ quote: { text, author: { name: "Support" } } });
    expect(JSON.stringify([seen, customer.news])).not.toContain("Kai");
  });

  test("C10: back to everybody and to a group, where it waits since the customer's first word", async () => {
    const { team, mei, kai, customer, id } = await makeDesk();
    const returns = await makeGroup(node, team.organisationId, [kai.userId]);
    await mei.agent.request("conversation.transfer", { conversationId: id, to: { kind: "everybody" } });
    expect(await waitingFor(mei.agent)).toEqual([id]);
    await mei.agent.request("conversation.claim", { conversationId: id });
    await mei.agent.request("conversation.transfer", {
      conversationId: id,
      to: { kind: "group", groupId: returns },
    });
    expect(await waitingFor(mei.agent)).toEqual([]);
    // Kai's console connects anew once his groups are known.
    await eventually(async () => {
      const again = await connectUser(node, kai.cookie);
      onTestFinished(() => again.close());
      expect(await waitingFor(again, returns)).toEqual([id]);
      const { entries } = await again.request("entries.after", { conversationId: id, after: 0 });
      expect(entries.at(-1)?.occurrence).toEqual({
        kind: "transferred",
        to: { kind: "group", groupId: returns, name: "Returns" },
      });
    });
    expect((await logOf(customer, id)).at(-1)?.occurrence).toEqual({ kind: "hidden", queued: true });
    await expectDenseLogs(sql);
  });

  test("C10, E2: a transfer to a colleague who is away, paused, disabled, unknown or outside the group is refused", async () => {
    const { team, mei, kai, id } = await makeDesk();
    const to = (userId: string, anyway?: true) =>
      mei.agent.request("conversation.transfer", {
        conversationId: id,
        to: { kind: "user", userId },
        ...(anyway && { anyway }),
      });
    expect(await refusal(to(newId()))).toBe("user_unknown");
    const away = await makeUser(node, team.organisationId);
    expect(await refusal(to(away.userId))).toBe("transfer_target_away");
    await kai.agent.request("presence.pause", { paused: true });
    expect(await refusal(to(kai.userId))).toBe("transfer_target_away");
    const disabled = await makeUser(node, team.organisationId);
    await team.act(disabled.userId, "disable");
    expect(await refusal(to(disabled.userId, true))).toBe("user_not_active");
    const returns = await makeGroup(node, team.organisationId, [mei.userId]);
    await sql.query("UPDATE conversations SET queue_id = $2 WHERE id = $1", [id, returns]);
    expect(await refusal(to(kai.userId, true))).toBe("transfer_target_outside");
    const { users } = await mei.agent.request("transfer.targets", { conversationId: id });
    const sees = Object.fromEntries(users.map((user) => [user.id, user.sees]));
    expect([sees[kai.userId], sees[team.admin.userId]]).toEqual([false, true]);
    await sql.query("UPDATE conversations SET queue_id = organisation_id WHERE id = $1", [id]);
    expect(await currentOf(mei.agent)).toEqual([id]);
    await to(kai.userId, true);
    expect(await currentOf(kai.agent)).toEqual([id]);
    const gone = kai.agent.request("conversation.transfer", {
      conversationId: id,
      to: { kind: "group", groupId: newId() },
    });
    expect(await refusal(gone)).toBe("group_unknown");
  });

  test("C15: an admin takes over the chat of an agent who is gone, and not of one who is there", async () => {
    const { team, mei, id, customer } = await makeDesk();
    const takeOver = () => team.ask("POST", "/api/absent-chats/take-over", { conversationId: id });
    expect(outcomeIn(await takeOver())).toBe("agent_present");
    mei.agent.close();
    await eventually(async () => expect(outcomeIn(await takeOver())).toBe("yes"), 40_000);
    const { rows } = await sql.query("SELECT claimed_by FROM conversations WHERE id = $1", [id]);
    expect(rows).toEqual([{ claimed_by: team.admin.userId }]);
    expect((await logOf(customer, id)).at(-1)).toMatchObject({
      occurrence: { kind: "claimed" },
      author: { kind: "user", name: "Ada" },
    });
    expect(outcomeIn(await takeOver())).toBe("agent_present");
  });
});

describe("C10: notes for the team", () => {
  test("C10: a note is no answer, is stored once, tells those whom it mentions, and never reaches the customer", async () => {
    const { mei, kai, customer, id } = await makeDesk();
    const note = {
      conversationId: id,
      clientId: newClientId(),
      text: "Ask Kai",
      mentions: [kai.userId, newId()],
    };
    const [first, again] = [
      await mei.agent.request("note.add", note),
      await mei.agent.request("note.add", note),
    ];
    expect(again).toEqual(first);
    expect(first.entry).toMatchObject({
      occurrence: { kind: "note", text: "Ask Kai", mentions: [kai.userId] },
      audience: "team",
    });
    await eventually(() =>
      expect(kai.agent.news.filter(({ type }) => type === "mentioned")).toEqual([
        { type: "mentioned", conversationId: id, by: "Mei", text: "Ask Kai" },
      ]),
    );
    const [line] = (await mei.agent.request("current.list", {})).conversations;
    expect(line?.last.text).toBe("Hello");
    expect(line?.unansweredSince).not.toBeNull();
    expect(JSON.stringify([await logOf(customer, id), customer.news])).not.toContain("Ask Kai");
    await expectDenseLogs(sql);
  });
});

describe("C13: quotes", () => {
  test("C13: an answer carries what it answers, both ways, as it was then", async () => {
    const { mei, customer, id } = await makeDesk();
    await mei.agent.request("message.send", {
      conversationId: id,
      clientId: newClientId(),
      text: "Which size?",
      quote: 1,
    });
    const asked = (await logOf(customer, id)).at(-1);
    expect(asked?.occurrence).toMatchObject({
      text: "Which size?",
      quote: { seq: 1, text: "Hello", author: { kind: "customer" } },
    });
    const { entry } = await customer.request("message.send", {
      conversationId: id,
      clientId: newClientId(),
      text: "Large",
      quote: asked?.seq ?? 0,
    });
    expect(entry?.occurrence).toMatchObject({
      quote: { seq: asked?.seq, text: "Which size?", author: { kind: "user", name: "Mei" } },
    });
  });

  test("C13: a note, an event and a number that is not there are quoted to nobody", async () => {
    const { mei, customer, id } = await makeDesk();
    const { entry } = await mei.agent.request("note.add", {
      conversationId: id,
      clientId: newClientId(),
      text: "Secret",
      mentions: [],
    });
    for (const quote of [2, entry.seq, 99]) {
      for (const person of [mei.agent, customer]) {
        const sent = person.request("message.send", {
          conversationId: id,
          clientId: newClientId(),
          text: "Hm",
          quote,
        });
        expect(await refusal(sent)).toBe("quote_unknown");
      }
    }
  });
});
