import type { TeamUser } from "@grata/contract/team";
import { expect, test } from "vitest";
import { actionsFor, invitationExpired } from "./user-actions.ts";

const me = "11111111-1111-4111-8111-111111111111";
const user: TeamUser = {
  id: "22222222-2222-4222-8222-222222222222",
  name: "Mei",
  email: "mei@example.com",
  role: "agent",
  language: "zh-Hans",
  status: "active",
  lastSeenAt: null,
  createdAt: 0,
  identities: {},
  invitationExpiresAt: null,
};

test.each([
  ["B5", "invited", ["resend", "link", "cancel"]],
  ["B6", "active", ["end", "disable"]],
  ["A5", "locked", ["unlock", "end", "disable"]],
  ["B6", "disabled", ["enable"]],
] as const)("%s: the wrench menu of somebody who is %s", (_, status, actions) => {
  expect(actionsFor({ ...user, status }, me)).toEqual(actions);
});

test("B6: nobody disables themselves", () => {
  expect(actionsFor({ ...user, id: me }, me)).toEqual([]);
});

test("A1: an invitation has expired when its time is over and nobody took it", () => {
  const invited = { ...user, status: "invited", invitationExpiresAt: 1_000 } as const;
  expect(invitationExpired(invited, 999)).toBe(false);
  expect(invitationExpired(invited, 1_000)).toBe(true);
  expect(invitationExpired({ ...invited, status: "active" }, 1_000)).toBe(false);
});
