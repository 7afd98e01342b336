import { type HeldPermission, heldPermissions } from "@grata/contract/permissions";
import type { Role } from "@grata/contract/team";

/** The permissions of each role, besides those that every user has. A new role is one line here. */
const permissionsOf: Record<Role, ReadonlySet<HeldPermission>> = {
  agent: new Set(),
  admin: new Set(heldPermissions),
};

/** Tells whether a user's role holds a permission. */
export function holds(user: { role: Role }, permission: HeldPermission): boolean {
  return permissionsOf[user.role].has(permission);
}

/** Returns the permissions of a role, as they are sent with a session. */
export function permissionsHeldBy(role: Role): HeldPermission[] {
  return [...permissionsOf[role]];
}

/** Returns the roles that hold a permission, for conditions in SQL. */
export function rolesWith(permission: HeldPermission): Role[] {
  return (Object.keys(permissionsOf) as Role[]).filter((role) => permissionsOf[role].has(permission));
}
