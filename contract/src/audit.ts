/** The audit log: who did what to whom, when, from where. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { momentInAddress } from "./moment.ts";

export const auditActions = [
  "user.invited",
  "invitation.resent",
  "invitation.cancelled",
  "invitation.link_copied",
  "invitation.accepted",
  "user.changed",
  "user.disabled",
  "user.enabled",
  "user.locked",
  "user.unlocked",
  "user.sessions_ended",
  "password.recovery_link_made",
  "password.recovered",
  "password.changed",
  "factor.authenticator_added",
  "factor.authenticator_removed",
  "factor.passkey_added",
  "factor.passkey_removed",
  "factor.recovery_codes_made",
  "factor.recovery_code_used",
  "factor.reset",
  "identity.created",
  "identity.changed",
  "identity.deleted",
  "organisation.changed",
  "mail.retried",
  "channel.created",
  "channel.changed",
  "channel.secret_made",
  "quick_reply.created",
  "quick_reply.changed",
  "quick_reply.deleted",
  "chats.put_back",
  "chat.taken_over",
  "group.created",
  "group.renamed",
  "group.members_changed",
  "group.deleted",
  "routing.changed",
  "customer.changed",
  "customer.merged",
  "customer.unmerged",
  "customer.exported",
  "customer.erased",
  "tag.created",
  "tag.renamed",
  "tag.merged",
  "tag.deleted",
  "field.created",
  "field.changed",
  "field.deleted",
] as const;
export const auditAction = z.enum(auditActions);
export type AuditAction = z.infer<typeof auditAction>;

/** Somebody or something with the name that it had then. */
const named = z.object({ id: z.nullable(identifier), name: z.string() });

export const auditEntry = z.object({
  id: identifier,
  at: instant,
  action: auditAction,
  /** Null: Grata itself, or an operator at the command line (`by`). */
  actor: z.nullable(named),
  by: z.enum(["user", "operator", "system"]),
  /** To whom or what. */
  target: named,
  /** The network address that it came from; empty for the system's own doing. */
  address: z.string(),
  /** What changed, field by field: from, to. */
  changes: z.record(z.string(), z.object({ from: z.nullable(z.string()), to: z.nullable(z.string()) })),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Newest first, `auditPageLength` at a time. */
export const auditQuery = z.object({
  actorId: z.optional(identifier),
  targetId: z.optional(identifier),
  action: z.optional(auditAction),
  /** Milliseconds since 1970: not before, and before. */
  from: z.optional(momentInAddress),
  to: z.optional(momentInAddress),
  /** `next` of the page before. */
  cursor: z.optional(identifier),
});
export type AuditQuery = z.input<typeof auditQuery>;

export const auditPageLength = 100;
export const auditPage = z.object({ entries: z.array(auditEntry), next: z.nullable(identifier) });
export type AuditPage = z.infer<typeof auditPage>;
