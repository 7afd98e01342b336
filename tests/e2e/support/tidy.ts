import { realtimeVersion } from "@grata/contract/realtime";
import { connectOpen } from "./connect-open.ts";
import type { Server } from "./server.ts";

type Credentials = { email: string; password: string };

/**
 * Ends every chat that waits or that this user serves, so that the next test of the same server finds an empty desk.
 * Does nothing before the organisation is made.
 */
export async function tidy(server: Server, { email, password }: Credentials): Promise<void> {
  const answer = await fetch(`${server.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) return;
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const agent = await connectOpen(server, { as: "user", version: realtimeVersion }, { headers: { cookie } });
  const { conversations: waiting } = await agent.request("waiting.list", {});
  for (const { id } of waiting) await agent.request("conversation.claim", { conversationId: id });
  const { conversations: current } = await agent.request("current.list", {});
  await Promise.all(current.map(({ id }) => agent.request("conversation.close", { conversationId: id })));
  agent.close();
}
