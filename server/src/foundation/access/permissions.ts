import type { ErrorCode } from "@grata/contract/errors";
import type { HeldPermission } from "@grata/contract/permissions";
import type { Principal, User } from "./principal.ts";
import { holds } from "./roles.ts";

/** What a rule needs to know of a conversation. */
export type ConversationSubject = {
  organisationId: string;
  customerId: string;
  status: "waiting" | "claimed" | "closed";
  claimedBy: string | null;
  /** Whose test of the console it is: to everybody else of the team there is no such chat. Null: a real one. */
  testerId: string | null;
  /** Who serves an open chat of the same person: they may read what was said before. Asked of closed chats only. */
  servedNow?: readonly string[];
};

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
  "conversation.open": null;
  "conversation.mine": null;
  "conversation.claimNext": null;
  "conversation.claim": ConversationSubject;
  "conversation.read": ConversationSubject;
  "conversation.typing": ConversationSubject;
  "conversation.close": ConversationSubject;
  "conversation.reopen": ConversationSubject;
  "conversation.release": ConversationSubject;
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

const team: Rule<null> = (principal) => {
  switch (principal.kind) {
    case "user":
      return "allowed";
    case "visitor":
      return "forbidden";
    case "nobody":
      return "sign_in_required";
  }
};

/** Users whose role holds the permission. */
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
    case "user":
      return "forbidden";
    case "nobody":
      return "sign_in_required";
  }
};

/** Whether it is somebody else's test: nobody else of the team is to be disturbed by it, or to find it. */
const isForeign = (user: User, { organisationId, testerId }: ConversationSubject): boolean =>
  user.organisationId !== organisationId || (testerId !== null && testerId !== user.userId);

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
    case "user":
      if (isForeign(principal, conversation)) return "conversation_unknown";
      if (conversation.status === "waiting" || holds(principal, "conversations.readAll")) return "allowed";
      if (conversation.claimedBy === principal.userId) return "allowed";
      return conversation.status === "closed" && conversation.servedNow?.includes(principal.userId)
        ? "allowed"
        : "conversation_unknown";
  }
};

/** Whoever may see a chat of a customer may see the customer, and write down what they learn. Admins know them all. */
const known: Rule<CustomerSubject> = (principal, customer) => {
  if (principal.kind !== "user") return team(principal, null);
  if (principal.organisationId !== customer.organisationId) return "customer_unknown";
  if (holds(principal, "customers.readAll")) return "allowed";
  return customer.conversations.some((conversation) => seen(principal, conversation) === "allowed")
    ? "allowed"
    : "customer_unknown";
};

/** The one who serves it: nobody else writes into a chat, closes it or gives it back, whatever their role. */
const served: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind !== "user") return team(principal, null);
  if (isForeign(principal, conversation)) return "conversation_unknown";
  if (conversation.status === "waiting") return "conversation_not_claimed";
  if (conversation.claimedBy !== principal.userId) {
    return holds(principal, "conversations.readAll") ? "conversation_claimed" : "conversation_unknown";
  }
  return conversation.status === "closed" ? "conversation_closed" : "allowed";
};

/** The one who served it to its end. That they closed it themselves, and just now, is found out under its lock. */
const reopenable: Rule<ConversationSubject> = (principal, conversation) => {
  const verdict = served(principal, conversation);
  return verdict === "conversation_closed" ? "allowed" : verdict;
};

const claimable: Rule<ConversationSubject> = (principal, conversation) => {
  if (principal.kind !== "user") return team(principal, null);
  if (isForeign(principal, conversation)) return "conversation_unknown";
  switch (conversation.status) {
    case "waiting":
      return "allowed";
    case "claimed":
      return "conversation_claimed";
    case "closed":
      return "conversation_closed";
  }
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
  "session.read": team,
  "session.end": team,
  "session.change": team,
  "invitation.accept": anybody,
  "recovery.use": anybody,
  /** One's own. */
  "password.change": team,
  "sessions.manage": team,
  "session.secondStep": anybody,
  "factors.manage": team,
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
  "quickReplies.own": team,
  "quickReplies.use": team,
  "waiting.list": team,
  "current.list": team,
  "presence.read": team,
  /** One's own. */
  "presence.change": team,
  /** One's own. */
  "consoleTest.run": team,
  "push.own": team,
  "conversation.releaseAll": team,
  /** The chats of whoever is gone. */
  "absentChats.manage": holders("absentChats.manage"),
  "conversation.open": visitors,
  "conversation.mine": visitors,
  "conversation.claimNext": team,
  "conversation.claim": claimable,
  "conversation.read": seen,
  "conversation.typing": writable,
  "conversation.close": served,
  "conversation.reopen": reopenable,
  "conversation.release": served,
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

/** What is left to somebody whose organisation asks for a second factor that they do not have. */
export const withoutSecondFactor: ReadonlySet<Permission> = new Set<Permission>([
  ...(Object.keys(rules) as Permission[]).filter((permission) => rules[permission] === anybody),
  "session.read",
  "session.change",
  "session.end",
  "factors.manage",
]);

/** Whether this asks for the second factor that the principal has to set up first. */
export function owesSecondFactor(principal: Principal, permission: Permission): boolean {
  return principal.kind === "user" && principal.secondFactorMissing && !withoutSecondFactor.has(permission);
}
