import { form } from "./set-up.ts";
import { password } from "./test-node.ts";

/** A body that each route accepts, by method and address. What tests generate is generated from these. */
export const acceptedBodies: Record<string, Record<string, unknown>> = {
  "POST /api/session": { email: "somebody@example.test", password },
  "PATCH /api/session": { language: "zh-Hant" },
  "POST /api/set-up/check": { token: "x".repeat(43) },
  "POST /api/set-up": { ...form, token: "x".repeat(43) },
  "POST /api/webchat/:channelId/visitors": { language: "en" },
};
