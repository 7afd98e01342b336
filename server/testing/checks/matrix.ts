import type { ErrorCode } from "@grata/contract/errors";
import type { RunningNode } from "../../src/app/node.ts";
import { open } from "../../src/channels/webchat/open.ts";
import { claim } from "../../src/domains/conversations/claim.ts";
import { close } from "../../src/domains/conversations/close.ts";
import type { User, Visitor } from "../../src/foundation/access/principal.ts";
import { connectAgent, connectVisitor, newClientId, type Person } from "../scenes/people.ts";
import { makeOrganisation } from "../servers/test-node.ts";
import { failureOf } from "./refusals.ts";

/** Who may ask over a socket, in the order of the columns of a table. */
export const askers = [
  "the customer",
  "another visitor",
  "the agent",
  "the admin",
  "a colleague",
  "an agent elsewhere",
  "an admin elsewhere",
  "a visitor elsewhere",
] as const;
export type Asker = (typeof askers)[number];

/** What is asked about; the agent and the admin are those of the columns. */
export const states = [
  "waiting",
  "claimed by the agent",
  "claimed by the admin",
  "closed by the agent",
  "closed by the admin",
] as const;
export type State = (typeof states)[number];

export type Outcome = "yes" | ErrorCode;

export type Cast = { people: Record<Exclude<Asker, "the customer">, Person>; users: Users; place: Place };
type Users = { agent: User; admin: User };
type Place = { organisationId: string; channelId: string };

/** Connects everybody but the customer, of whom each chat needs its own. */
export async function assemble(node: RunningNode): Promise<Cast> {
  const place = await makeOrganisation(node);
  const elsewhere = await makeOrganisation(node, "Elsewhere");
  const agent = await connectAgent(node, place.organisationId);
  const admin = await connectAgent(node, place.organisationId, "admin");
  const user = (userId: string, role: User["role"]): User => {
    const { organisationId } = place;
    return {
      kind: "user",
      organisationId,
      userId,
      sessionId: userId,
      name: role,
      role,
      language: "en",
      identities: {},
      queues: [organisationId],
      secondFactorMissing: false,
    };
  };
  return {
    place,
    users: { agent: user(agent.userId, "agent"), admin: user(admin.userId, "admin") },
    people: {
      "another visitor": await connectVisitor(node, place.channelId),
      "the agent": agent,
      "the admin": admin,
      "a colleague": await connectAgent(node, place.organisationId),
      "an agent elsewhere": await connectAgent(node, elsewhere.organisationId),
      "an admin elsewhere": await connectAgent(node, elsewhere.organisationId, "admin"),
      "a visitor elsewhere": await connectVisitor(node, elsewhere.channelId),
    },
  };
}

/** A chat in this state, with its customer connected. */
export async function makeChat(node: RunningNode, { place, users }: Cast, state: State) {
  const { storage, writer, channels } = node.services;
  const customer = await connectVisitor(node, place.channelId);
  const visitor: Visitor = { kind: "visitor", ...place, customerId: customer.customerId, testerId: null };
  const message = { clientId: newClientId(), text: "Hello", connectionId: null };
  const opened = await open(storage, writer, visitor, message, async () => undefined);
  const conversationId = opened.conversation.id;
  const owner = state.endsWith("agent") ? users.agent : users.admin;
  if (state !== "waiting") await claim(storage, owner, { conversationId }, channels.capabilitiesOf);
  if (state.startsWith("closed")) await close(storage, owner, { conversationId });
  return { conversationId, customer };
}

/** What became of a request. */
export async function outcomeOf(request: Promise<unknown>): Promise<Outcome> {
  return request.then(
    () => "yes",
    async () => (await failureOf(request)).code,
  );
}
