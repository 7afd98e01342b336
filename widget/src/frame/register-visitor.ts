import { RequestFailed } from "@grata/client/failures";
import { failureBody } from "@grata/contract/errors";
import { newVisitor } from "@grata/contract/http";
import type { Language } from "@grata/contract/languages";

/** Makes a new visitor of a channel and returns their token. Rejects with `RequestFailed` if the server says no. */
export async function registerVisitor(
  origin: string,
  channelId: string,
  language: Language,
): Promise<string> {
  const response = await fetch(`${origin}/api/webchat/${channelId}/visitors`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language }),
  });
  const body: unknown = await response.json();
  if (response.ok) {
    return newVisitor.parse(body).token;
  }
  throw new RequestFailed(failureBody.parse(body).error);
}
