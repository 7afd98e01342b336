import type { ChannelCapabilities } from "@grata/contract/channels";
import type { NewEntry } from "../../src/domains/conversations/append/item.ts";
import { createAppendWriter } from "../../src/domains/conversations/append/writer.ts";
import type { Change } from "../../src/domains/conversations/changes.ts";
import type { User, Visitor } from "../../src/foundation/access/principal.ts";
import { createOutage } from "../../src/foundation/storage/outage.ts";
import type { Chat } from "./chats.ts";
import { newClientId, type WithStorage } from "./people.ts";

/** One more append writer on a node's database, as another node has it, which notes what it published, its faults and what it logged. */
export function openWriter(node: WithStorage, reply: ChannelCapabilities["reply"] = "fetch") {
  const faults: unknown[] = [];
  const published: Change[] = [];
  const logged: string[] = [];
  const log = { warn: (sentence: string) => logged.push(sentence) };
  const writer = createAppendWriter({
    connect: node.services.storage.connect,
    waysOf: () => ({ reply, identities: "webchat" }),
    publish: (changes) => published.push(...changes),
    logFault: (error) => faults.push(error),
    outage: createOutage(log, { gone: "gone", back: "back" }),
  });
  return Object.assign(writer, { faults, published, logged });
}

/** A message of the chat's customer, on its way into the writer. */
export function customerMessage(chat: Chat, text = "Hi", clientId = newClientId()): NewEntry {
  return messageOf(chat.visitor, chat.id, text, clientId);
}

/** A message of this visitor into whatever conversation. */
function messageOf(visitor: Visitor, conversationId: string, text: string, clientId: string): NewEntry {
  return {
    organisationId: visitor.organisationId,
    conversationId,
    clientId,
    author: { kind: "customer", userId: null, name: null },
    audience: "everybody",
    occurrence: { kind: "message", text },
    principal: visitor,
    connectionId: null,
  };
}

/** A message of the agent who serves the chat. */
export function agentMessage(chat: Chat, agent: User, text = "Hi", clientId = newClientId()): NewEntry {
  const author = { kind: "user", userId: agent.userId, name: agent.name } as const;
  return { ...customerMessage(chat, text, clientId), author, principal: agent };
}

/** A writer takes so many messages of one conversation at once, and refuses more while these wait. */
const atOnce = 50;

/** Appends many messages, in order and no more at once than the writer takes of one conversation. */
export async function appendAll(
  writer: Pick<ReturnType<typeof createAppendWriter>, "append">,
  messages: readonly NewEntry[],
): Promise<void> {
  for (let begin = 0; begin < messages.length; begin += atOnce) {
    await Promise.all(messages.slice(begin, begin + atOnce).map((message) => writer.append(message)));
  }
}

/** Says how far a promise is, without waiting for it. */
export function watch<Value>(promise: Promise<Value>): { state: "pending" | "resolved" | "rejected" } {
  const watched: { state: "pending" | "resolved" | "rejected" } = { state: "pending" };
  promise.then(
    () => {
      watched.state = "resolved";
    },
    () => {
      watched.state = "rejected";
    },
  );
  return watched;
}
