import { type AuditEntry, type AuditPage, auditPageLength, type auditQuery } from "@grata/contract/audit";
import { and, desc, eq, gte, lt } from "drizzle-orm";
import type * as z from "zod/mini";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { auditEntries } from "../../foundation/schema/audit.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** A page of the audit log, newest first. */
export function listAudit(
  storage: Storage,
  asker: Asker,
  { actorId, targetId, action, from, to, cursor }: z.output<typeof auditQuery>,
): Promise<AuditPage> {
  const { organisationId } = requireUser(asker, "audit.read");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const rows = await transaction
      .select()
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.organisationId, organisationId),
          actorId ? eq(auditEntries.actorId, actorId) : undefined,
          targetId ? eq(auditEntries.targetId, targetId) : undefined,
          action ? eq(auditEntries.action, action) : undefined,
          from === undefined ? undefined : gte(auditEntries.at, new Date(from)),
          to === undefined ? undefined : lt(auditEntries.at, new Date(to)),
          // The ids are time-ordered.
          cursor ? lt(auditEntries.id, cursor) : undefined,
        ),
      )
      .orderBy(desc(auditEntries.id))
      .limit(auditPageLength + 1);
    const page = rows.slice(0, auditPageLength);
    const last = rows.length > auditPageLength ? page.at(-1) : undefined;
    return { entries: page.map(present), next: last?.id ?? null };
  });
}

function present(row: typeof auditEntries.$inferSelect): AuditEntry {
  return {
    id: row.id,
    at: row.at.getTime(),
    action: row.action,
    by: row.by,
    actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? "" },
    target: { id: row.targetId, name: row.targetName },
    address: row.address,
    changes: row.changes,
  };
}
