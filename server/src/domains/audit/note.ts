import type { AuditAction, AuditEntry } from "@grata/contract/audit";
import { v7 as newId } from "uuid";
import { auditEntries } from "../../foundation/schema/audit.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** Who did something, as the audit log keeps it. */
export type Actor =
  | { by: "user"; userId: string; name: string; address: string }
  | { by: "operator" }
  | { by: "system" };

type Target = { id: string | null; name: string };
type Changes = AuditEntry["changes"];

/** Notes who did what to whom, in the transaction that does it: neither is ever there without the other. */
export function noteAudit(
  transaction: Transaction,
  organisationId: string,
  actor: Actor,
  action: AuditAction,
  target: Target,
  changes: Changes = {},
): Promise<void> {
  return noteAudits(transaction, organisationId, actor, action, [{ target, changes }]);
}

/** The same for several whom one action met. */
export async function noteAudits(
  transaction: Transaction,
  organisationId: string,
  actor: Actor,
  action: AuditAction,
  met: readonly { target: Target; changes: Changes }[],
): Promise<void> {
  const user = actor.by === "user" ? actor : null;
  await transaction.insert(auditEntries).values(
    met.map(({ target, changes }) => ({
      organisationId,
      id: newId(),
      action,
      by: actor.by,
      actorId: user?.userId ?? null,
      actorName: user?.name ?? null,
      targetId: target.id,
      targetName: target.name,
      address: user?.address ?? "",
      changes,
    })),
  );
}

/** What differs between two states of a thing, field by field, as the audit log keeps it. */
export function differences<Fields extends Record<string, unknown>>(
  before: Fields,
  after: { [Field in keyof Fields]?: unknown },
): AuditEntry["changes"] {
  return Object.fromEntries(
    Object.keys(before)
      .filter((field) => after[field] !== undefined)
      .map((field) => [field, { from: textOf(before[field]), to: textOf(after[field]) }] as const)
      .filter(([, { from, to }]) => from !== to),
  );
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
