import type { ErrorCode } from "@grata/contract/errors";
import type { HeldPermission } from "@grata/contract/permissions";
import type { Principal } from "./principal.ts";
import { holds } from "./roles.ts";
import { isForeign, maySee, type Seen, seesQueue } from "./visibility.ts";

/** What a rule needs to know of a conversation. */
export type ConversationSubject = Seen & { customerId: string };

/** What a rule needs to know of a customer: the chats of everybody whom the team knows to be the same person. */
type CustomerSubject = { organisationId: string; conversations: readonly ConversationSubject[] };

type Verdict = "allowed" | ErrorCode;
type Rule<Subject> = (principal: Principal, subject: Subject) => Verdict;

/** Each permission with what it is asked about. Null: nothing but who asks matters. */
export type Subjects = {
  "health.read": null;
  "page.read": null;
  "organisation.setUp": null;
  "session.create": null;
  "session.read": null;
  "session.end": null;
  "session.change": null;
  "invitation.accept": null;
  "recovery.use": null;
  "password.change": null;
  "sessions.manage": null;
  "session.secondStep": null;
  "factors.manage": null;
  "team.manage": null;
  "organisation.manage": null;
  "audit.read": null;
  "mails.manage": null;
  "visitor.create": null;
  "visitor.identify": null;
  "inbox.store": null;
  "channels.manage": null;
  "quickReplies.manage": null;
  "quickReplies.own": null;
  "quickReplies.use": null;
  "waiting.list": null;
  "current.list": null;
  "presence.read": null;
  "presence.change": null;
  "consoleTest.run": null;
  "push.own": null;
  "conversation.releaseAll": null;
  "absentChats.manage": null;
  "routing.manage": null;
  "conversation.open": null;
  "conversation.mine": null;
  "conversation.claimNext": null;
  "conversation.claim": ConversationSubject;
  "conversation.read": ConversationSubject;
  "conversation.typing": ConversationSubject;
  "conversation.close": ConversationSubject;
  "conversation.reopen": ConversationSubject;
  "conversation.release": ConversationSubject;
  "conversation.transfer": ConversationSubject;
  "note.write": ConversationSubject;
  "message.send": ConversationSubject;
  "history.read": null;
  "customers.search": null;
  "customers.export": null;
  "customers.erase": null;
  "customer.read": CustomerSubject;
  "customer.change": CustomerSubject;
  "tags.list": null;
  "tags.manage": null;
  "customerFields.list": null;
  "customerFields.manage": null;
};

export type Permission = keyof Subjects;

const anybody: Rule<null> = () => "allowed";

/** The user, about themselves: a key is nobody's own. */
const users: Rule<null> = (principal) => {
  switch (principal.kind) {
    case "user":
      return "allowed";
    case "key":
    case "visitor":
      return "forbidden";
    case "nobody":
      return "sign_in_required";
  }
};

/** Every user, and keys that hold the permission. */
const team: Rule<null> = (principal) => (principal.kind === "key" ? "allowed" : users(principal, null));

/** Users whose role holds the permission, and keys that do. */
const holders =
  (permission: HeldPermission): Rule<null> =>
  (principal) => {
    if (principal.kind !== "user") return team(principal, null);
    return holds(principal, permission) ? "allowed" : "forbidden";
  };

const visitors: Rule<null> = (principal) => {
  switch (principal.kind) {
    case "visitor":
      return "allowed";
    case "key":
    case "user":
      return "forbidden";
    case "nobody":
      return "sign_in_required";
  }
};

/** To somebody who may not see it, a conversation does not exist: the answer gives nothing away. */
const seen: Rule<ConversationSubject> = (principal, conversation) => {
  switch (principal.kind) {
    case "nobody":
      return "sign_in_required";
    case "visitor":
      return principal.organisationId === conversation.organisationId &&
        principal.customerId === conversation.customerId
        ? "allowed"
        : "conversation_unknown";
    case "key":
    case "user":
      return maySee(principal, conversation) ? "allowed" : "conversation_unknown";
  }
};

/** Whoever may see a chat of a customer may see the customer, and write down what they learn. Admins know them all. */
const known: Rule<CustomerSubject> = (principal, customer) => {
  if (principal.kind === "nobody" || principal.kind === "visitor") return team(principal, null);
  if (principal.organisationId !== customer.organisationId) return "customer_unknown";
  if (principal.kind === "key" || holds(principal, "customers.readAll")) return "allowed";
  return customer.conversations.some((conversation) => seen(principal, conversation) === "allowed")
    ? "allowed"
    : "customer_unknown";
};

/**
 * The one who serves it: nobody else writes into a chat, closes it or gives it back, whatever their role. A key that holds
 * the permission does for them.
 */
const served: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind === "nobody" || principal.kind === "visitor") return team(principal, null);
  if (isForeign(principal, conversation)) return "conversation_unknown";
  if (conversation.status === "waiting")
    return seesQueue(principal, conversation) ? "conversation_not_claimed" : "conversation_unknown";
  if (principal.kind === "user" && conversation.claimedBy !== principal.userId) {
    return holds(principal, "conversations.readAll") ? "conversation_claimed" : "conversation_unknown";
  }
  return conversation.status === "closed" ? "conversation_closed" : "allowed";
};

/** The one who served it to its end. That they closed it themselves, and just now, is found out under its lock. */
const reopenable: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind === "key") return users(principal, null);
  const verdict = served(principal, conversation);
  return verdict === "conversation_closed" ? "allowed" : verdict;
};

const claimable: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind !== "user") return users(principal, null);
  // Of a chat that was open to the whole queue a moment ago everybody who saw it there may learn that it is taken.
  if (!seesQueue(principal, conversation)) return "conversation_unknown";
  switch (conversation.status) {
    case "waiting":
      return "allowed";
    case "claimed":
      return "conversation_claimed";
    case "closed":
      return "conversation_closed";
  }
};

const annotatable: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind !== "user") return users(principal, null);
  const verdict = seen(principal, conversation);
  if (verdict !== "allowed") return verdict;
  return conversation.status === "closed" ? "conversation_closed" : "allowed";
};

const writable: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind !== "visitor") return served(principal, conversation);
  const verdict = seen(principal, conversation);
  if (verdict !== "allowed") return verdict;
  return conversation.status === "closed" ? "conversation_closed" : "allowed";
};

/** Who may do what: the one place that HTTP, sockets, jobs and exports ask. */
export const rules: { [P in Permission]: Rule<Subjects[P]> } = {
  "health.read": anybody,
  "page.read": anybody,
  "organisation.setUp": anybody,
  "session.create": anybody,
  "session.read": users,
  "session.end": users,
  "session.change": users,
  "invitation.accept": anybody,
  "recovery.use": anybody,
  /** One's own. */
  "password.change": users,
  "sessions.manage": users,
  "session.secondStep": anybody,
  "factors.manage": users,
  "team.manage": holders("team.manage"),
  "organisation.manage": holders("organisation.manage"),
  "audit.read": holders("audit.read"),
  "mails.manage": holders("mails.manage"),
  "visitor.create": anybody,
  "visitor.identify": anybody,
  /** The channel itself proves who pushes. */
  "inbox.store": anybody,
  "channels.manage": holders("channels.manage"),
  "quickReplies.manage": holders("quickReplies.manage"),
  /** One's own. */
  "quickReplies.own": users,
  "quickReplies.use": team,
  "waiting.list": users,
  "current.list": users,
  "presence.read": team,
  /** One's own. */
  "presence.change": users,
  /** One's own. */
  "consoleTest.run": users,
  "push.own": users,
  "conversation.releaseAll": users,
  /** The chats of whoever is gone. */
  "absentChats.manage": holders("absentChats.manage"),
  "routing.manage": holders("routing.manage"),
  "conversation.open": visitors,
  "conversation.mine": visitors,
  "conversation.claimNext": users,
  "conversation.claim": claimable,
  "conversation.read": seen,
  "conversation.typing": writable,
  "conversation.close": served,
  "conversation.reopen": reopenable,
  "conversation.release": served,
  "conversation.transfer": served,
  /** Allowed to everybody who sees the chat, while it is open. */
  "note.write": annotatable,
  "message.send": writable,
  /** Of the chats that one may read. */
  "history.read": team,
  "customers.search": team,
  "customers.export": holders("customers.export"),
  "customers.erase": holders("customers.erase"),
  "customer.read": known,
  "customer.change": known,
  "tags.list": team,
  "tags.manage": holders("tags.manage"),
  "customerFields.list": team,
  "customerFields.manage": holders("customerFields.manage"),
};

const forAnybody: ReadonlySet<Permission> = new Set(
  (Object.keys(rules) as Permission[]).filter((permission) => rules[permission] === anybody),
);

/** What is left to somebody whose organisation asks for a second factor that they do not have. */
export const withoutSecondFactor: ReadonlySet<Permission> = new Set<Permission>([
  ...forAnybody,
  "session.read",
  "session.change",
  "session.end",
  "factors.manage",
]);

/**
 * The reason against it whatever it is about, so that nobody needs to look at that: the second factor that a user has to
 * set up first, and what a key does not hold. The rules are asked only where there is none.
 */
export function reasonBeforehand(principal: Principal, permission: Permission): ErrorCode | null {
  switch (principal.kind) {
    case "user":
      return principal.secondFactorMissing && !withoutSecondFactor.has(permission)
        ? "second_factor_required"
        : null;
    case "key":
      return principal.permissions.has(permission) || forAnybody.has(permission) ? null : "forbidden";
    case "visitor":
    case "nobody":
      return null;
  }
}
