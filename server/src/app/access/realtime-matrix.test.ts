import { type RequestInput, type RequestType, requests } from "@grata/contract/realtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentsOf } from "../../../testing/checks/contents.ts";
import {
  type Asker,
  askers,
  assemble,
  type Cast,
  makeChat,
  type Outcome,
  outcomeOf,
  type State,
  states,
} from "../../../testing/checks/matrix.ts";
import { newClientId, type Person } from "../../../testing/scenes/people.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

const yes = "yes";
const never = "forbidden";
const unknown = "conversation_unknown";
const claimed = "conversation_claimed";
const waiting = "conversation_not_claimed";
const closed = "conversation_closed";
const nothing = "wait_list_empty";

/** One outcome for each asker: the customer, another visitor, agent, admin, colleague, and the three elsewhere. */
type Row = [Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome];

/** Requests that name no chat. */
const plain: Partial<Record<RequestType, Row>> = {
  // biome-ignore format: a table
  "waiting.list":           [never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "current.list":           [never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "conversation.claimNext": [never, never, yes, yes, yes, nothing, nothing, never],
  // biome-ignore format: a table
  "conversation.releaseAll":[never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "presence.mine":          [never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "presence.noted":         [never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "presence.pause":         [never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "presence.list":          [never, never, yes, yes, yes, yes, yes, never],
  // biome-ignore format: a table
  "conversation.open":      [yes, yes, never, never, never, never, never, yes],
  // biome-ignore format: a table
  "conversation.mine":      [yes, yes, never, never, never, never, never, yes],
};

/** What only the one who serves the chat may do. */
const servedOnly: Record<State, Row> = {
  // biome-ignore format: a table
  "waiting":              [never, never, waiting, waiting, waiting, unknown, unknown, never],
  // biome-ignore format: a table
  "claimed by the agent": [never, never, yes, claimed, unknown, unknown, unknown, never],
  // biome-ignore format: a table
  "claimed by the admin": [never, never, unknown, yes, unknown, unknown, unknown, never],
  // biome-ignore format: a table
  "closed by the agent":  [never, never, closed, claimed, unknown, unknown, unknown, never],
  // biome-ignore format: a table
  "closed by the admin":  [never, never, unknown, closed, unknown, unknown, unknown, never],
};

const mayRead: Record<State, Row> = {
  // biome-ignore format: a table
  "waiting":              [yes, unknown, yes, yes, yes, unknown, unknown, unknown],
  // biome-ignore format: a table
  "claimed by the agent": [yes, unknown, yes, yes, unknown, unknown, unknown, unknown],
  // biome-ignore format: a table
  "claimed by the admin": [yes, unknown, unknown, yes, unknown, unknown, unknown, unknown],
  // biome-ignore format: a table
  "closed by the agent":  [yes, unknown, yes, yes, unknown, unknown, unknown, unknown],
  // biome-ignore format: a table
  "closed by the admin":  [yes, unknown, unknown, yes, unknown, unknown, unknown, unknown],
};

/** The same without the customers. */
function ofTeam(rows: Record<State, Row>): Record<State, Row> {
  const row = (state: State): Row => rows[state].with(0, never).with(1, never).with(7, never) as Row;
  return Object.fromEntries(states.map((state) => [state, row(state)])) as Record<State, Row>;
}

/** Requests about one chat, in each state that it can be in. */
const about: Partial<Record<RequestType, Record<State, Row>>> = {
  "entries.after": mayRead,
  "entries.before": mayRead,
  "conversation.read": mayRead,
  "deliveries.after": ofTeam(mayRead),
  "conversation.claim": {
    // biome-ignore format: a table
    "waiting":              [never, never, yes, yes, yes, unknown, unknown, never],
    // biome-ignore format: a table
    "claimed by the agent": [never, never, claimed, claimed, claimed, unknown, unknown, never],
    // biome-ignore format: a table
    "claimed by the admin": [never, never, claimed, claimed, claimed, unknown, unknown, never],
    // biome-ignore format: a table
    "closed by the agent":  [never, never, closed, closed, closed, unknown, unknown, never],
    // biome-ignore format: a table
    "closed by the admin":  [never, never, closed, closed, closed, unknown, unknown, never],
  },
  "conversation.close": servedOnly,
  "conversation.reopen": {
    // biome-ignore format: a table
    "waiting":              [never, never, waiting, waiting, waiting, unknown, unknown, never],
    // biome-ignore format: a table
    "claimed by the agent": [never, never, yes, claimed, unknown, unknown, unknown, never],
    // biome-ignore format: a table
    "claimed by the admin": [never, never, unknown, yes, unknown, unknown, unknown, never],
    // biome-ignore format: a table
    "closed by the agent":  [never, never, yes, claimed, unknown, unknown, unknown, never],
    // biome-ignore format: a table
    "closed by the admin":  [never, never, unknown, yes, unknown, unknown, unknown, never],
  },
  "conversation.release": servedOnly,
  "conversation.transfer": servedOnly,
  "transfer.targets": servedOnly,
  "note.add": {
    // biome-ignore format: a table
    "waiting":              [never, never, yes, yes, yes, unknown, unknown, never],
    // biome-ignore format: a table
    "claimed by the agent": [never, never, yes, yes, unknown, unknown, unknown, never],
    // biome-ignore format: a table
    "claimed by the admin": [never, never, unknown, yes, unknown, unknown, unknown, never],
    // biome-ignore format: a table
    "closed by the agent":  [never, never, closed, closed, unknown, unknown, unknown, never],
    // biome-ignore format: a table
    "closed by the admin":  [never, never, unknown, closed, unknown, unknown, unknown, never],
  },
  "message.resend": servedOnly,
  "conversation.typing": {
    // biome-ignore format: a table
    "waiting":              [yes, unknown, waiting, waiting, waiting, unknown, unknown, unknown],
    // biome-ignore format: a table
    "claimed by the agent": [yes, unknown, yes, claimed, unknown, unknown, unknown, unknown],
    // biome-ignore format: a table
    "claimed by the admin": [yes, unknown, unknown, yes, unknown, unknown, unknown, unknown],
    // biome-ignore format: a table
    "closed by the agent":  [closed, unknown, closed, claimed, unknown, unknown, unknown, unknown],
    // biome-ignore format: a table
    "closed by the admin":  [closed, unknown, unknown, closed, unknown, unknown, unknown, unknown],
  },
  "message.send": {
    // biome-ignore format: a table
    "waiting":              [yes, unknown, waiting, waiting, waiting, unknown, unknown, unknown],
    // biome-ignore format: a table
    "claimed by the agent": [yes, unknown, yes, claimed, unknown, unknown, unknown, unknown],
    // biome-ignore format: a table
    "claimed by the admin": [yes, unknown, unknown, yes, unknown, unknown, unknown, unknown],
    // biome-ignore format: a table
    "closed by the agent":  [closed, unknown, closed, claimed, unknown, unknown, unknown, unknown],
    // biome-ignore format: a table
    "closed by the admin":  [closed, unknown, unknown, closed, unknown, unknown, unknown, unknown],
  },
};

/** An input of each request that is right but for who sends it. */
const inputs: { [Type in RequestType]: (conversationId: string) => RequestInput<Type> } = {
  "waiting.list": () => ({}),
  "current.list": () => ({}),
  "conversation.mine": () => ({}),
  "conversation.claimNext": () => ({ order: "longest" }),
  "conversation.open": () => ({ clientId: newClientId(), text: "Hello" }),
  "conversation.claim": (conversationId) => ({ conversationId }),
  "conversation.close": (conversationId) => ({ conversationId }),
  "conversation.reopen": (conversationId) => ({ conversationId }),
  "conversation.release": (conversationId) => ({ conversationId }),
  "conversation.releaseAll": () => ({}),
  "conversation.transfer": (conversationId) => ({ conversationId, to: { kind: "everybody" } }),
  "transfer.targets": (conversationId) => ({ conversationId }),
  "note.add": (conversationId) => ({
    conversationId,
    clientId: newClientId(),
    text: "Check this",
    mentions: [],
  }),
  "presence.mine": () => ({}),
  "presence.noted": () => ({}),
  "presence.pause": () => ({ paused: true }),
  "presence.list": () => ({}),
  "conversation.read": (conversationId) => ({ conversationId, seq: 1 }),
  "conversation.typing": (conversationId) => ({ conversationId, typing: true }),
  "message.send": (conversationId) => ({ conversationId, clientId: newClientId(), text: "Hello" }),
  "entries.after": (conversationId) => ({ conversationId, after: 0 }),
  "message.resend": (conversationId) => ({ conversationId, seq: 1, deliveryVersion: 1 }),
  "deliveries.after": (conversationId) => ({ conversationId, after: 0 }),
  "entries.before": (conversationId) => ({ conversationId, before: 9 }),
};

let node: TestNode;
let cast: Cast;

beforeAll(async () => {
  node = await startTestNode();
  cast = await assemble(node);
});
afterAll(async () => {
  for (const person of Object.values(cast.people)) person.close();
  await node.stop();
});

/** Lets everybody ask about a chat in this state and checks what each is answered; who is refused changes nothing. */
async function check(type: RequestType, state: State, row: Row | undefined): Promise<void> {
  const expected = new Map(
    askers.map((asker, column): [Asker, Outcome | undefined] => [asker, row?.[column]]),
  );
  const ask = async (asker: Asker, { conversationId, customer }: Awaited<ReturnType<typeof makeChat>>) => {
    const person: Person = asker === "the customer" ? customer : cast.people[asker];
    const outcome = await outcomeOf(person.request(type, inputs[type](conversationId)));
    expect(outcome, `${type} of a chat that is ${state}, by ${asker}`).toBe(expected.get(asker));
  };
  const untouched = await makeChat(node, cast, state);
  const before = await contentsOf(node.databaseUrl);
  for (const asker of askers.filter((asker) => expected.get(asker) !== yes)) await ask(asker, untouched);
  expect(await contentsOf(node.databaseUrl)).toEqual(before);
  untouched.customer.close();
  for (const asker of askers.filter((asker) => expected.get(asker) === yes)) {
    const chat = await makeChat(node, cast, state);
    await ask(asker, chat);
    chat.customer.close();
  }
}

test("H2: every request of the realtime contract stands in a table, and nothing else does", () => {
  expect([...Object.keys(plain), ...Object.keys(about)].sort()).toEqual(Object.keys(requests).sort());
});

test.each(Object.keys(plain) as RequestType[])("A3, C3, D1, H2: who may ask for %s", async (type) => {
  await check(type, "waiting", plain[type]);
});

describe.each(Object.keys(about) as RequestType[])("C3, C4, C8, D1, H2: who may ask for %s", (type) => {
  test.each(states)("of a chat that is %s", async (state) => {
    await check(type, state, about[type]?.[state]);
  });
});
