import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal/refusal.ts";
import { type ConversationSubject, type Permission, rules } from "./permissions.ts";
import type { Principal, User, Visitor } from "./principal.ts";
import { reasonAgainst, requireAccess } from "./require-access.ts";

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
  language: "en",
  secondFactorMissing: false,
});
const nobody: Principal = { kind: "nobody" };

/** The ids are the same in both organisations: only the organisation tells them apart. */
const strangers: Principal[] = [
  visitorOf("theirs", "customer"),
  userOf("theirs", "agent", "agent"),
  userOf("theirs", "agent", "admin"),
];
const subjects: ConversationSubject[] = (["waiting", "claimed", "closed"] as const).map((status) => ({
  organisationId: "ours",
  customerId: "customer",
  status,
  claimedBy: status === "waiting" ? null : "agent",
  testerId: null,
}));

const aboutConversations = [
  "conversation.claim",
  "conversation.read",
  "conversation.typing",
  "conversation.close",
  "conversation.reopen",
  "conversation.release",
  "conversation.typing",
  "message.send",
] as const;
const aboutCustomers = ["customer.read", "customer.change"] as const;
const aboutNothing = (Object.keys(rules) as Permission[]).filter(
  (permission) => !([...aboutConversations, ...aboutCustomers] as readonly string[]).includes(permission),
) as Exclude<Permission, (typeof aboutConversations | typeof aboutCustomers)[number]>[];

describe("the rules themselves, without the database's own wall behind them", () => {
  test.each(aboutConversations)("H2: %s of another organisation's chat does not exist", (permission) => {
    for (const stranger of strangers) {
      for (const subject of subjects) {
        const reason = reasonAgainst(stranger, permission, subject);
        const visitorMayNever = stranger.kind === "visitor" && /claim|close|reopen|release/.test(permission);
        expect(reason).toBe(visitorMayNever ? "forbidden" : "conversation_unknown");
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
          const theirs = { ...subject, testerId: "agent", servedNow: ["colleague"] };
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
      ],
    ];
    const ofVisitors = ["conversation.open", "conversation.mine"];
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
