import * as z from "zod/mini";

/**
 * The permissions that some roles hold and others do not. The server says which (`access/roles.ts`) and sends them with
 * the session, so that the console never asks for a role by its name.
 */
export const heldPermissions = [
  "team.manage",
  "organisation.manage",
  "audit.read",
  "mails.manage",
  "channels.manage",
  "quickReplies.manage",
  "customers.export",
  "customers.erase",
  "tags.manage",
  "customerFields.manage",
  "absentChats.manage",
  "routing.manage",
  /** Reads every conversation of the organisation, not only those that wait and one's own. */
  "conversations.readAll",
  /** Sees and changes every customer of the organisation. */
  "customers.readAll",
  /** Removes notes of others. */
  "notes.removeAny",
] as const;
export type HeldPermission = (typeof heldPermissions)[number];

/** The permissions in a session. A newer server may send some that this release does not know. */
export const sentPermissions = z._default(z.array(z.string()), []);

/** Tells whether a signed-in user holds a permission. */
export function holds(
  user: { permissions: readonly string[] } | undefined,
  permission: HeldPermission,
): boolean {
  return user?.permissions.includes(permission) ?? false;
}
