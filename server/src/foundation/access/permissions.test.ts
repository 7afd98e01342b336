import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal/refusal.ts";
import { type ConversationSubject, type Permission, rules } from "./permissions.ts";
import type { Key, Principal, User, Visitor } from "./principal.ts";
import {
  reasonAgainst,
  requireAccess,
  requireBeforehand,
  requirePerson,
  requireTeam,
  requireUser,
} from "./require-access.ts";

const visitorOf = (organisationId: string, customerId: string): Visitor => ({
  kind: "visitor",
  organisationId,
  channelId: "channel",
  customerId,
  testerId: null,
});
const userOf = (organisationId: string, userId: string, role: User["role"]): User => ({
  kind: "user",
  organisationId,
  userId,
  sessionId: "session",
  name: "Somebody",
  role,
  identities: {},
  queues: [organisationId],
  language: "en",
  secondFactorMissing: false,
});
const nobody: Principal = { kind: "nobody" };
const keyOf = (organisationId: string, ...permissions: string[]): Key => ({
  kind: "key",
  organisationId,
  keyId: "key",
  permissions: new Set(permissions),
});
const every = Object.keys(rules) as Permission[];

/** The ids are the same in both organisations: only the organisation tells them apart. */
const strangers: Principal[] = [
  visitorOf("theirs", "customer"),
  userOf("theirs", "agent", "agent"),
  userOf("theirs", "agent", "admin"),
  keyOf("theirs", ...every),
];
const subjects: ConversationSubject[] = (["waiting", "claimed", "closed"] as const).map((status) => ({
  organisationId: "ours",
  customerId: "customer",
  status,
  claimedBy: status === "waiting" ? null : "agent",
  queueId: "ours",
  isTest: false,
}));

const aboutConversations = [
  "conversation.claim",
  "conversation.read",
  "conversation.typing",
  "conversation.close",
  "conversation.reopen",
  "conversation.release",
  "conversation.transfer",
  "note.write",
  "message.send",
] as const;
const aboutCustomers = ["customer.read", "customer.change"] as const;
const aboutNothing = (Object.keys(rules) as Permission[]).filter(
  (permission) => !([...aboutConversations, ...aboutCustomers] as readonly string[]).includes(permission),
) as Exclude<Permission, (typeof aboutConversations | typeof aboutCustomers)[number]>[];

const anybody = {
  "health.read": "yes",
  "page.read": "yes",
  "organisation.setUp": "yes",
  "session.create": "yes",
  "session.secondStep": "yes",
  "invitation.accept": "yes",
  "recovery.use": "yes",
  "visitor.create": "yes",
  "visitor.identify": "yes",
  "inbox.store": "yes",
};
const ofUsers = [
  ...["quickReplies.own", "quickReplies.use"],
  "session.read",
  "session.change",
  "session.end",
  "password.change",
  "sessions.manage",
  "factors.manage",
  "waiting.list",
  "current.list",
  "conversation.claimNext",
  "conversation.releaseAll",
  "presence.read",
  "presence.change",
  ...["customers.search", "history.read"],
  "consoleTest.run",
  "push.own",
  "customers.search",
  "tags.list",
  "customerFields.list",
];
const ofAdmins = [
  ...["channels.manage", "team.manage", "organisation.manage", "audit.read", "mails.manage"],
  ...[
    "tags.manage",
    "customerFields.manage",
    "quickReplies.manage",
    "customers.export",
    "customers.erase",
    "absentChats.manage",
    "routing.manage",
  ],
];
const ofVisitors = ["conversation.open", "conversation.mine"];

/** Verdict on every permission about chats for this kind of principal. */
const mayNever = ({ kind }: Principal, permission: Permission) =>
  (kind === "visitor" && /claim|close|reopen|release|transfer|note/.test(permission)) ||
  (kind === "key" && /claim|reopen|note/.test(permission));

describe("the rules themselves, without the database's own wall behind them", () => {
  test.each(aboutConversations)("H2: %s of another organisation's chat does not exist", (permission) => {
    for (const stranger of strangers) {
      for (const subject of subjects) {
        const reason = reasonAgainst(stranger, permission, subject);
        expect(reason).toBe(mayNever(stranger, permission) ? "forbidden" : "conversation_unknown");
      }
    }
  });

  test.each(aboutCustomers)("C9, H2: %s follows the chats of the customer", (permission) => {
    const ofChats = (conversations: ConversationSubject[]) => ({ organisationId: "ours", conversations });
    for (const stranger of strangers) {
      const reason = reasonAgainst(stranger, permission, ofChats(subjects));
      expect(reason).toBe(stranger.kind === "visitor" ? "forbidden" : "customer_unknown");
    }
    expect(reasonAgainst(nobody, permission, ofChats(subjects))).toBe("sign_in_required");
    for (const subject of subjects) {
      const own = reasonAgainst(userOf("ours", "agent", "agent"), permission, ofChats([subject]));
      const others = reasonAgainst(userOf("ours", "colleague", "agent"), permission, ofChats([subject]));
      expect([own, others]).toEqual([null, subject.status === "waiting" ? null : "customer_unknown"]);
    }
    expect(reasonAgainst(userOf("ours", "agent", "agent"), permission, ofChats([]))).toBe("customer_unknown");
    expect(reasonAgainst(userOf("ours", "admin", "admin"), permission, ofChats([]))).toBeNull();
  });

  test("C9: who serves a customer now reads what was said before, and nobody else does", () => {
    const colleague = userOf("ours", "colleague", "agent");
    for (const subject of subjects.filter(({ status }) => status !== "waiting")) {
      const served = { ...subject, servedNow: ["colleague"] };
      const expected = subject.status === "closed" ? null : "conversation_unknown";
      expect(reasonAgainst(colleague, "conversation.read", served)).toBe(expected);
      expect(reasonAgainst(colleague, "conversation.read", { ...subject, servedNow: ["agent"] })).toBe(
        "conversation_unknown",
      );
      const elsewhere = { ...userOf("theirs", "colleague", "agent") };
      expect(reasonAgainst(elsewhere, "conversation.read", served)).toBe("conversation_unknown");
    }
  });

  test.each(aboutConversations)(
    "C7: %s of a colleague's test does not exist, whatever one's role",
    (permission) => {
      for (const role of ["agent", "admin"] as const) {
        for (const subject of subjects) {
          const theirs = { ...subject, queueId: "agent", isTest: true, servedNow: ["colleague"] };
          expect(reasonAgainst(userOf("ours", "colleague", role), permission, theirs)).toBe(
            "conversation_unknown",
          );
          // To its tester it is a chat like any other.
          const tester = userOf("ours", "agent", role);
          expect(reasonAgainst(tester, permission, theirs)).toBe(reasonAgainst(tester, permission, subject));
        }
      }
    },
  );

  test.each(aboutConversations)("A3: %s is nothing for nobody", (permission) => {
    for (const subject of subjects) {
      expect(reasonAgainst(nobody, permission, subject)).toBe("sign_in_required");
    }
  });

  test("A3, D1: what nobody may, and what only one kind of people may", () => {
    const verdicts = (principal: Principal) =>
      Object.fromEntries(
        aboutNothing.map((permission) => [permission, reasonAgainst(principal, permission, null) ?? "yes"]),
      );
    const each = (permissions: string[], verdict: string) =>
      Object.fromEntries(permissions.map((permission) => [permission, verdict]));
    expect(verdicts(nobody)).toEqual({
      ...anybody,
      ...each([...ofUsers, ...ofAdmins, ...ofVisitors], "sign_in_required"),
    });
    expect(verdicts(visitorOf("ours", "customer"))).toEqual({
      ...anybody,
      ...each([...ofUsers, ...ofAdmins], "forbidden"),
      ...each(ofVisitors, "yes"),
    });
    for (const role of ["agent", "admin"] as const) {
      expect(verdicts(userOf("ours", "agent", role))).toEqual({
        ...anybody,
        ...each(ofUsers, "yes"),
        ...each(ofAdmins, role === "admin" ? "yes" : "forbidden"),
        ...each(ofVisitors, "forbidden"),
      });
    }
  });

  test("H3: a key without a permission is refused, whatever it asks about and whatever else it holds", () => {
    for (const permission of every) {
      const others = keyOf("ours", ...every.filter((other) => other !== permission));
      for (const key of [keyOf("ours"), others]) {
        for (const subject of [null, ...subjects, { organisationId: "ours", conversations: subjects }]) {
          const reason = reasonAgainst(key, permission as "page.read", subject as null);
          expect(reason, permission).toBe(permission in anybody ? null : "forbidden");
        }
        const ask = () => requireBeforehand(key, permission);
        if (permission in anybody) expect(ask).not.toThrow();
        else expect(ask).toThrow(new Refusal("forbidden"));
      }
    }
  });

  test("H3: a key with a permission may what is the organisation's, and nothing that is a user's or a customer's own", () => {
    const ofOneself = new Set([
      ...["session.read", "session.change", "session.end", "sessions.manage"],
      ...["password.change", "factors.manage", "quickReplies.own", "push.own", "consoleTest.run"],
      ...[
        "waiting.list",
        "current.list",
        "conversation.claimNext",
        "conversation.releaseAll",
        "presence.change",
      ],
      ...ofVisitors,
    ]);
    for (const permission of aboutNothing) {
      const reason = reasonAgainst(keyOf("ours", permission), permission, null);
      expect(reason, permission).toBe(ofOneself.has(permission) ? "forbidden" : null);
    }
  });

  test.each(aboutConversations)(
    "H3: %s of a key that holds it follows the chat's state, and no console test is there for it",
    (permission) => {
      const verdicts = (subject: ConversationSubject[]) =>
        subject.map((one) => reasonAgainst(keyOf("ours", permission), permission, one));
      const served = ["conversation_not_claimed", null, "conversation_closed"];
      const expected = permission === "conversation.read" ? [null, null, null] : served;
      const never = ["forbidden", "forbidden", "forbidden"];
      const mayNot = mayNever(keyOf("ours"), permission);
      expect(verdicts(subjects)).toEqual(mayNot ? never : expected);
      const tests = subjects.map((subject) => ({ ...subject, queueId: "key", isTest: true }));
      expect(verdicts(tests)).toEqual(mayNot ? never : tests.map(() => "conversation_unknown"));
    },
  );

  test("H3: a key that may see customers sees all of its organisation", () => {
    for (const permission of aboutCustomers) {
      const customer = { organisationId: "ours", conversations: [] };
      expect(reasonAgainst(keyOf("ours", permission), permission, customer)).toBeNull();
    }
  });

  test("H3: a key is neither a user nor a person in a chat, and of the team only where it holds the permission", () => {
    const key = keyOf("ours", ...every);
    const [visitor, user] = [visitorOf("ours", "customer"), userOf("ours", "agent", "agent")];
    expect(() => requireUser(key, "tags.list")).toThrow(new Refusal("forbidden"));
    expect(() => requireUser({ principal: key, address: "::1" }, "tags.list")).toThrow(
      new Refusal("forbidden"),
    );
    expect(() => requirePerson(key)).toThrow(new Refusal("forbidden"));
    expect(() => requirePerson(nobody)).toThrow(new Refusal("sign_in_required"));
    expect([requirePerson(visitor), requirePerson(user)]).toEqual([visitor, user]);
    expect([requireTeam(key, "tags.list"), requireTeam(user, "tags.list")]).toEqual([key, user]);
    expect(() => requireTeam(keyOf("ours"), "tags.list")).toThrow(new Refusal("forbidden"));
    expect(() => requireTeam(visitor, "page.read")).toThrow(new Refusal("forbidden"));
  });

  test("H5: whoever owes a second factor may set one up, leave, and what everybody may", () => {
    const confined: Principal = { ...userOf("ours", "agent", "admin"), secondFactorMissing: true };
    const may = (Object.keys(rules) as Permission[]).filter(
      (permission) => reasonAgainst(confined, permission as "page.read", null) !== "second_factor_required",
    );
    expect(may.sort()).toEqual(
      [
        ...["factors.manage", "session.read", "session.change", "session.end"],
        ...["health.read", "page.read", "organisation.setUp", "session.create", "session.secondStep"],
        ...["invitation.accept", "recovery.use", "visitor.create", "visitor.identify", "inbox.store"],
      ].sort(),
    );
  });

  test("H2: what is refused is thrown as a refusal with its code", () => {
    expect(() => requireAccess(nobody, "session.read", null)).toThrow(new Refusal("sign_in_required"));
    expect(() => requireAccess(userOf("ours", "agent", "agent"), "session.read", null)).not.toThrow();
  });
});
