import type { Quote } from "@grata/contract/entries";
import { and, eq } from "drizzle-orm";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { findConversation } from "./find.ts";
import { mentionOf } from "./mention.ts";
import { shown } from "./read-entries.ts";
import { identityIn, nameFor } from "./seen-as.ts";

/** How much of a message is shown where it is quoted. */
const quoteLength = 200;

/** Reads a message that somebody answers in particular, as they see it. Throws `quote_unknown`. */
export function readQuote(
  storage: Storage,
  person: User | Visitor,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<Quote> {
  const { organisationId } = person;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, conversationId);
    requireAccess(person, "conversation.read", conversation);
    const [row] = await transaction
      .select()
      .from(entries)
      .where(
        and(
          eq(entries.organisationId, organisationId),
          eq(entries.conversationId, conversationId),
          eq(entries.seq, seq),
          // A note for the team is quoted to nobody.
          eq(entries.audience, "everybody"),
        ),
      );
    const entry = row && shown(row, conversation);
    if (entry?.occurrence.kind !== "message") throw new Refusal("quote_unknown");
    const { occurrence, author } = entry;
    const file = mentionOf(occurrence);
    const as = identityIn(occurrence);
    return {
      seq,
      text: occurrence.text.slice(0, quoteLength).toWellFormed(),
      ...(file && { file }),
      // Customers read it too: of somebody with an identity they know nothing else.
      author: { kind: author.kind, name: as ? (nameFor(as.names)?.name ?? null) : author.name },
    };
  });
}
