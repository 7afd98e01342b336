import { newVisitor } from "@grata/contract/http";
import { BenchFailure } from "../failure.ts";

/** Makes a visitor as the chat window does, and returns the token that their browser would keep. */
export async function makeVisitor({ url, channelId }: { url: string; channelId: string }): Promise<string> {
  const response = await fetch(`${url}/api/webchat/${channelId}/visitors`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  if (!response.ok) throw new BenchFailure(`The server made no visitor: ${await response.text()}`);
  return newVisitor.parse(await response.json()).token;
}
