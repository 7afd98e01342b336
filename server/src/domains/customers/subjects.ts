import { and, eq, inArray } from "drizzle-orm";
import type { ConversationSubject } from "../../foundation/access/permissions.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Person } from "./person.ts";

/** The chats of a person as rules look at them: each kind once, so that a thousand chats are a few lines. */
export async function subjectsOf(
  transaction: Transaction,
  { survivor, members }: Person,
): Promise<ConversationSubject[]> {
  const { organisationId, id: customerId } = survivor;
  const kinds = await transaction
    .selectDistinct({
      status: conversations.status,
      claimedBy: conversations.claimedBy,
      queueId: conversations.queueId,
      isTest: conversations.isTest,
    })
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        inArray(
          conversations.customerId,
          members.map(({ id }) => id),
        ),
      ),
    );
  return kinds.map((kind) => ({ ...kind, organisationId, customerId }));
}
