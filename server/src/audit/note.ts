import type { AuditAction, AuditEntry } from "@grata/contract/audit";
import { v7 as newId } from "uuid";
import type { Transaction } from "../storage/storage.ts";
import { auditEntries } from "./tables.ts";

/** Who did something, as the audit log keeps it. */
export type Actor =
  | { by: "user"; userId: string; name: string; address: string }
  | { by: "operator" }
  | { by: "system" };

/** Notes who did what to whom, in the transaction that does it: neither is ever there without the other. */
export async function noteAudit(
  transaction: Transaction,
  organisationId: string,
  actor: Actor,
  action: AuditAction,
  target: { id: string | null; name: string },
  changes: AuditEntry["changes"] = {},
): Promise<void> {
  const user = actor.by === "user" ? actor : null;
  await transaction.insert(auditEntries).values({
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
  });
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
