import { RequestFailed } from "@grata/client/failures";
import { expect, test } from "vitest";
import { deadStateOf } from "./dead-link.ts";

const valid = {
  state: "valid",
  name: "Mei",
  email: "mei@example.com",
  organisation: "Tea",
  expiresAt: 1,
} as const;
const refused = (code: "invitation_used" | "recovery_expired" | "password_common") =>
  new RequestFailed({ code, message: "" });

test("A2: a link that works has no reason not to", () => {
  expect(deadStateOf("invitation", valid, null)).toBeNull();
  expect(deadStateOf("invitation", undefined, null)).toBeNull();
});

test.each(["expired", "used", "revoked", "unknown"] as const)("A2: a link may be %s", (state) => {
  expect(deadStateOf("invitation", { state }, null)).toBe(state);
});

test("A2: a link may die between the check and the new password", () => {
  expect(deadStateOf("invitation", valid, refused("invitation_used"))).toBe("used");
  expect(deadStateOf("recovery", valid, refused("recovery_expired"))).toBe("expired");
});

test("A2: a password that is refused leaves the link alive", () => {
  expect(deadStateOf("invitation", valid, refused("password_common"))).toBeNull();
  expect(deadStateOf("recovery", valid, refused("invitation_used"))).toBeNull();
});
