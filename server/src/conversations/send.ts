import type { Principal } from "../access/principal.ts";
import { Refusal } from "../refusal.ts";
import type { Appended } from "./append/item.ts";
import type { AppendWriter } from "./append/writer.ts";
import type { Author } from "./entry.ts";

/**
 * Appends a message of whoever asks. Whether they may is decided by the access module over the locked conversation, in
 * the writer; here only nobody is turned away.
 */
export function send(
  writer: AppendWriter,
  principal: Principal,
  input: { conversationId: string; clientId: string; text: string; connectionId: string | null },
): Promise<Appended> {
  if (principal.kind === "nobody") throw new Refusal("sign_in_required");
  const author: Author =
    principal.kind === "user"
      ? { kind: "user", userId: principal.userId, name: principal.name }
      : { kind: "customer", userId: null, name: null };
  return writer.append({
    organisationId: principal.organisationId,
    conversationId: input.conversationId,
    clientId: input.clientId,
    author,
    audience: "everybody",
    occurrence: { kind: "message", text: input.text },
    principal,
    connectionId: input.connectionId,
  });
}
