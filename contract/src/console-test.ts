/** What crosses HTTP about the test of one's own console. */
import * as z from "zod/mini";
import { conversationStatus } from "./conversations.ts";
import { instant, seq } from "./entries.ts";
import { identifier } from "./identifier.ts";

/** The token is that of the customer's window, and is told this once. */
export const startedTest = z.object({ channelId: identifier, token: z.string(), endsAt: instant });
export type StartedTest = z.infer<typeof startedTest>;

const consoleTest = z.object({
  channelId: identifier,
  endsAt: instant,
  conversation: z.nullable(
    z.object({
      id: identifier,
      status: conversationStatus,
      /** The last number that the customer's window has shown. */
      readByCustomer: seq,
    }),
  ),
});
export type ConsoleTest = z.infer<typeof consoleTest>;

/** Null: none is going on. */
export const ownTest = z.object({ test: z.nullable(consoleTest) });
