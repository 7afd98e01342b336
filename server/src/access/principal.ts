import type { Language } from "@grata/contract/languages";

/** Who asks. The organisation always comes from here, never from what a client sent. */
export type Principal = { kind: "nobody" } | Visitor | User;

export type Visitor = {
  kind: "visitor";
  organisationId: string;
  channelId: string;
  customerId: string;
};

export type User = {
  kind: "user";
  organisationId: string;
  userId: string;
  sessionId: string;
  name: string;
  role: "agent" | "admin";
  language: Language;
};
