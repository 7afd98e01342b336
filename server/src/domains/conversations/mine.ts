import type { RequestOutput } from "@grata/contract/realtime";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { conversations, readMarks } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { isStaffed, isThere } from "../accounts/connected-sessions.ts";
import { isReachable } from "../customers/note-contact.ts";
import { presentCustomerConversation } from "./present.ts";

const earlierLimit = 20;

/**
 * The customer's conversations, the newest one apart, with what the window must know before they write: whether
 * somebody is there, and whether an answer would reach them later.
 */
export function findMine(
  storage: Storage,
  principal: Principal,
): Promise<RequestOutput<"conversation.mine">> {
  requireAccess(principal, "conversation.mine", null);
  if (principal.kind !== "visitor") throw new Refusal("forbidden");
  const { organisationId, customerId } = principal;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const rows = await transaction
      .select({ conversation: conversations, read: sql<number>`COALESCE(${readMarks.seq}, 0)` })
      .from(conversations)
      .leftJoin(
        readMarks,
        and(
          eq(readMarks.organisationId, conversations.organisationId),
          eq(readMarks.conversationId, conversations.id),
          eq(readMarks.readerId, customerId),
        ),
      )
      .where(and(eq(conversations.organisationId, organisationId), eq(conversations.customerId, customerId)))
      .orderBy(desc(conversations.openedAt))
      .limit(1 + earlierLimit);
    const [newest = null, ...earlier] = rows.map((row) =>
      presentCustomerConversation(row.conversation, row.read),
    );
    const { status, claimedBy = null } = rows[0]?.conversation ?? {};
    const agent = status === "claimed" ? claimedBy : null;
    return {
      conversation: newest,
      earlier: earlier.reverse(),
      ...(agent !== null && { served: await isThere(transaction, { organisationId, userId: agent }) }),
      // A user who tests their console is there, also during a pause.
      staffed: principal.testerId !== null || (await isStaffed(transaction, organisationId)),
      reachable: await isReachable(transaction, principal),
    };
  });
}
