import type { AuditAction } from "@grata/contract/audit";
import type { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { noteAudits } from "../audit/note.ts";
import type { List } from "./lists.ts";

type Row = typeof quickReplies.$inferSelect;
type Changes = Parameters<typeof noteAudits>[4][number]["changes"];

/** So many rows as one statement has room for. */
const atOnce = 500;

/** Notes what an admin did to the organisation's quick replies. What users do to their own is nobody else's concern. */
export async function noteQuickReplies(
  transaction: Transaction,
  list: List,
  action: AuditAction,
  met: readonly { row: Pick<Row, "id" | "name">; changes?: Changes }[],
): Promise<void> {
  if (list.ownerId !== null) return;
  for (let done = 0; done < met.length; done += atOnce) {
    const targets = met
      .slice(done, done + atOnce)
      .map(({ row: { id, name }, changes = {} }) => ({ target: { id, name }, changes }));
    await noteAudits(transaction, list.organisationId, list.writer, action, targets);
  }
}
