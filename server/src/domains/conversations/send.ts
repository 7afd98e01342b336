import type { RequestInput } from "@grata/contract/realtime";
import type { Principal } from "../../foundation/access/principal.ts";
import { requirePerson } from "../../foundation/access/require-access.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Appended } from "./append/item.ts";
import type { AppendWriter } from "./append/writer.ts";
import type { Author } from "./entry.ts";
import { messageOf } from "./message-of.ts";

/**
 * Appends a message of whoever asks. Whether they may is decided by the access module over the locked conversation, in
 * the writer; here only who is no person is turned away. Throws `file_unknown` for a file that is not the sender's to send here.
 */
export async function send(
  storage: Storage,
  writer: AppendWriter,
  principal: Principal,
  input: RequestInput<"message.send"> & { connectionId: string | null },
): Promise<Appended> {
  const person = requirePerson(principal);
  const author: Author =
    person.kind === "user"
      ? { kind: "user", userId: person.userId, name: person.name }
      : { kind: "customer", userId: null, name: null };
  return writer.append({
    organisationId: person.organisationId,
    conversationId: input.conversationId,
    clientId: input.clientId,
    author,
    audience: "everybody",
    occurrence: await messageOf(storage, person, {
      ...input,
      quote: input.quote === undefined ? undefined : { ...input, seq: input.quote },
    }),
    principal: person,
    connectionId: input.connectionId,
  });
}
