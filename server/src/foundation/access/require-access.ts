import type { ErrorCode } from "@grata/contract/errors";
import { Refusal } from "../refusal/refusal.ts";
import { type Permission, reasonBeforehand, rules, type Subjects } from "./permissions.ts";
import type { Asker, Key, Principal, User, Visitor } from "./principal.ts";

/** Answers whether somebody may do something: null, or the code of the reason why not. */
export function reasonAgainst<P extends Permission>(
  principal: Principal,
  permission: P,
  subject: Subjects[P],
): ErrorCode | null {
  const beforehand = reasonBeforehand(principal, permission);
  if (beforehand !== null) return beforehand;
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
 * For actions that must look something up before they can ask: whoever may not, whatever it is, does not even learn what
 * there is.
 */
export function requireBeforehand(principal: Principal, permission: Permission): void {
  const reason = reasonBeforehand(principal, permission);
  if (reason !== null) throw new Refusal(reason);
}

type AskingUser = User & { by: "user"; address: string };

/** `requireAccess` for what only a signed-in user may: the user, and of an asker also the address that they ask from. */
export function requireUser(principal: Principal, permission: PlainPermission): User;
export function requireUser(asker: Asker, permission: PlainPermission): AskingUser;
export function requireUser(by: Principal | Asker, permission: PlainPermission): User | AskingUser {
  const principal = "principal" in by ? by.principal : by;
  requireAccess(principal, permission, null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  return "principal" in by ? { ...principal, by: "user", address: by.address } : principal;
}

/** For what somebody does in a chat by themselves, so that access can be asked of them: a user or a customer. */
export function requirePerson(principal: Principal): User | Visitor {
  switch (principal.kind) {
    case "user":
    case "visitor":
      return principal;
    case "key":
      throw new Refusal("forbidden");
    case "nobody":
      throw new Refusal("sign_in_required");
  }
}

/** `requireAccess` for what is the organisation's, whoever of it asks: a user, or a key that holds the permission. */
export function requireTeam(principal: Principal, permission: PlainPermission): User | Key {
  requireAccess(principal, permission, null);
  if (principal.kind !== "user" && principal.kind !== "key") throw new Refusal("forbidden");
  return principal;
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
  "conversation.transfer": true,
  "note.write": true,
  "message.send": true,
  "customer.read": true,
  "customer.change": true,
};

/** Tells whether nothing but who asks decides. Of the other permissions only the action can ask that has found the subject. */
export const isPlain = (permission: Permission): permission is PlainPermission =>
  !(permission in withSubject);
