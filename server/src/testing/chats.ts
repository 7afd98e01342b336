import type { User, Visitor } from "../access/principal.ts";
import type { AppendWriter } from "../conversations/append/writer.ts";
import { claim } from "../conversations/claim.ts";
import { open } from "../conversations/open.ts";
import { createVisitor } from "../customers/create-visitor.ts";
import type { RunningNode } from "../node.ts";
import { makeUser, newClientId } from "./people.ts";

/** Chats made by the actions themselves, without sockets: for tests that are not about the way there. */
export type Place = { organisationId: string; channelId: string };
export type Chat = { id: string; visitor: Visitor };

const nobody = { kind: "nobody" } as const;

/** A user as the actions see them. */
export async function makeAgent(node: RunningNode, { organisationId }: Place): Promise<User> {
  const { userId } = await makeUser(node, organisationId);
  const name = `Agent ${userId.slice(-4)}`;
  return { kind: "user", organisationId, userId, sessionId: userId, name, role: "agent", language: "en" };
}

/** A customer as the actions see them, who has not written yet. */
export async function makeCustomer({ services }: RunningNode, place: Place): Promise<Visitor> {
  const { channelId, organisationId } = place;
  const { customerId } = await createVisitor(services.storage, nobody, { channelId, language: undefined });
  return { kind: "visitor", organisationId, channelId, customerId };
}

/** A chat that waits, with one message in it. */
export async function makeWaitingChat(
  node: RunningNode,
  place: Place,
  writer: AppendWriter = node.services.writer,
): Promise<Chat> {
  const visitor = await makeCustomer(node, place);
  const input = { clientId: newClientId(), text: "Hello", connectionId: null };
  const opened = await open(node.services.storage, writer, visitor, input, async () => undefined);
  return { id: opened.conversation.id, visitor };
}

/** A chat that `agent` serves: two entries, the message and the claim. */
export async function makeClaimedChat(node: RunningNode, place: Place, agent: User): Promise<Chat> {
  const chat = await makeWaitingChat(node, place);
  await claim(node.services.storage, agent, { conversationId: chat.id });
  return chat;
}
