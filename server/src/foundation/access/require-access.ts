import type { ErrorCode } from "@grata/contract/errors";
import { Refusal } from "../refusal/refusal.ts";
import { owesSecondFactor, type Permission, rules, type Subjects } from "./permissions.ts";
import type { Asker, Principal, User } from "./principal.ts";

/** Answers whether somebody may do something: null, or the code of the reason why not. */
export function reasonAgainst<P extends Permission>(
  principal: Principal,
  permission: P,
  subject: Subjects[P],
): ErrorCode | null {
  if (owesSecondFactor(principal, permission)) return "second_factor_required";
  const verdict = rules[permission](principal, subject);
  return verdict === "allowed" ? null : verdict;
}

/** The first line of every action. Throws a Refusal unless the principal may. */
export function requireAccess<P extends Permission>(
  principal: Principal,
  permission: P,
  subject: Subjects[P],
): void {
  const reason = reasonAgainst(principal, permission, subject);
  if (reason !== null) throw new Refusal(reason);
}

/**
 * For actions that must look something up before they can ask: whoever still owes a second factor does not even learn
 * what there is.
 */
export function requireFactor(principal: Principal, permission: Permission): void {
  if (owesSecondFactor(principal, permission)) throw new Refusal("second_factor_required");
}

/** `requireAccess` for what only users may: the user, with the address that they ask from. */
export function requireUser(
  asker: Asker,
  permission: PlainPermission,
): User & { by: "user"; address: string } {
  requireAccess(asker.principal, permission, null);
  if (asker.principal.kind !== "user") throw new Refusal("forbidden");
  return { ...asker.principal, by: "user", address: asker.address };
}

type PlainPermission = { [P in Permission]: Subjects[P] extends null ? P : never }[Permission];

/** The permissions that are asked about something. */
const withSubject: Record<Exclude<Permission, PlainPermission>, true> = {
  "conversation.claim": true,
  "conversation.read": true,
  "conversation.typing": true,
  "conversation.close": true,
  "conversation.reopen": true,
  "conversation.release": true,
  "message.send": true,
  "customer.read": true,
  "customer.change": true,
};

/** Tells whether nothing but who asks decides. Of the other permissions only the action can ask that has found the subject. */
export const isPlain = (permission: Permission): permission is PlainPermission =>
  !(permission in withSubject);
