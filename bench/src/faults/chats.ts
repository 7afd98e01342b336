import { realtimeVersion } from "@grata/contract/realtime";
import { makeVisitor } from "../world/visitor.ts";
import { openWriter, type Writer } from "./writer.ts";

/** A chat that a customer opened and an agent claimed, and in which both write. */
export type Chat = {
  conversationId: string;
  writers: [customer: Writer, agent: Writer];
  /** Resolves once everything that both have written is acknowledged. */
  finish(): Promise<void>;
  close(): void;
};

type Target = { url: string; channelId: string };

/** Opens a chat for each agent, signed in by a cookie; both ends write from now on. */
export function openChats(target: Target, cookies: string[]): Promise<Chat[]> {
  return Promise.all(cookies.map((cookie, number) => openChat(target, cookie, number)));
}

async function openChat(target: Target, cookie: string, number: number): Promise<Chat> {
  const { url, channelId } = target;
  const version = realtimeVersion;
  const agent = await openWriter(`agent ${number}`, {
    url,
    handshake: { as: "user", version },
    headers: { cookie },
  });
  const token = await makeVisitor(target);
  const customer = await openWriter(`customer ${number}`, {
    url,
    handshake: { as: "visitor", version, channel: channelId, token },
  });
  const { conversation } = await customer.connection.request("conversation.open", {
    clientId: crypto.randomUUID(),
    text: "Good day.",
  });
  await agent.connection.request("conversation.claim", { conversationId: conversation.id });
  const writers: Chat["writers"] = [customer, agent];
  for (const writer of writers) writer.begin(conversation.id);
  return {
    conversationId: conversation.id,
    writers,
    async finish() {
      await Promise.all(writers.map((writer) => writer.finish()));
    },
    close() {
      for (const writer of writers) writer.close();
    },
  };
}
