import type { Choice, QuickReply } from "@grata/contract/quick-replies";
import type { quickReplies } from "../../foundation/schema/quick-replies.ts";

type Shown = Pick<typeof quickReplies.$inferSelect, "id" | "name" | "category" | "texts" | "changedAt">;

/** For whoever may change it. */
export function presentQuickReply(row: Shown): QuickReply {
  return {
    id: row.id,
    name: row.name,
    category: row.category,
    texts: row.texts,
    changedAt: row.changedAt.getTime(),
  };
}

/** For whoever writes into a chat. Whose own it is need not be said: nobody else is shown it. */
export function presentChoice(row: Shown & { ownerId: string | null }): Choice {
  return { ...presentQuickReply(row), own: row.ownerId !== null };
}
