import { webchat } from "../../src/channels/webchat/channel.ts";
import { open } from "../../src/channels/webchat/open.ts";
import { createVisitor } from "../../src/channels/webchat/visitors/create-visitor.ts";
import type { AppendWriter } from "../../src/domains/conversations/append/writer.ts";
import { claim } from "../../src/domains/conversations/claim.ts";
import type { User, Visitor } from "../../src/foundation/access/principal.ts";
import { makeUser, newClientId, type WithStorage } from "./people.ts";

/** Chats made by the actions themselves, without sockets: for tests that are not about the way there. */
export type Place = { organisationId: string; channelId: string };
export type Chat = { id: string; visitor: Visitor };

/** A new customer's first message needs none: it is stored with the chat. */
const noWriter: AppendWriter = {
  append: () => Promise.reject(new Error("This chat is not new.")),
  rehearse: async () => undefined,
  close: async () => undefined,
};
const nobody = { kind: "nobody" } as const;

/** A user as the actions see them. */
export async function makeAgent(node: WithStorage, { organisationId }: Place): Promise<User> {
  const { userId } = await makeUser(node, organisationId);
  const name = `Agent ${userId.slice(-4)}`;
  return {
    kind: "user",
    organisationId,
    userId,
    sessionId: userId,
    name,
    role: "agent",
    language: "en",
    identities: {},
    queues: [organisationId],
    secondFactorMissing: false,
  };
}

/** A customer as the actions see them, who has not written yet. */
export async function makeCustomer({ services }: WithStorage, place: Place): Promise<Visitor> {
  const { channelId, organisationId } = place;
  const input = { channelId, language: undefined, embedder: undefined };
  const { customerId } = await createVisitor(services.storage, nobody, input, () => true);
  return { kind: "visitor", organisationId, channelId, customerId, testerId: null };
}

/** A chat that waits, with one message in it. */
export async function makeWaitingChat(node: WithStorage, place: Place): Promise<Chat> {
  const visitor = await makeCustomer(node, place);
  const input = { clientId: newClientId(), text: "Hello", connectionId: null };
  const opened = await open(node.services.storage, noWriter, visitor, input, async () => undefined);
  return { id: opened.conversation.id, visitor };
}

/** A chat that `agent` serves: two entries, the message and the claim. */
export async function makeClaimedChat(node: WithStorage, place: Place, agent: User): Promise<Chat> {
  const chat = await makeWaitingChat(node, place);
  await claim(node.services.storage, agent, { conversationId: chat.id }, () => webchat.capabilities);
  return chat;
}
