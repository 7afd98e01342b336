import { realtimeVersion } from "@grata/contract/realtime";
import { openWriter } from "../faults/writer.ts";
import { makeVisitor } from "../world/visitor.ts";

export type Target = { url: string; channelId: string };

/** An agent's connection, by the cookie of their session. */
export function openAgent(url: string, cookie: string) {
  const handshake = { as: "user", version: realtimeVersion } as const;
  return openWriter("agent", { url, handshake, headers: { cookie } });
}

/** A customer who never wrote before, connected. */
export async function openCustomer({ url, channelId }: Target) {
  const token = await makeVisitor({ url, channelId });
  const handshake = { as: "visitor", version: realtimeVersion, channel: channelId, token } as const;
  const { connection, close } = await openWriter("customer", { url, handshake });
  return {
    /** Opens a chat with this text; resolves with its id once it is stored. */
    async write(text: string): Promise<string> {
      const opened = await connection.request("conversation.open", { clientId: crypto.randomUUID(), text });
      return opened.conversation.id;
    },
    close,
  };
}
