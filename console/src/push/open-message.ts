import { identifier } from "@grata/contract/entries";
import * as z from "zod/mini";

/** What the service worker asks of an open console: to go where the pop-up that was clicked leads. Null: the start. */
export const openMessage = z.object({
  type: z.literal("grata.open"),
  conversationId: z.nullable(identifier),
});
export type OpenMessage = z.infer<typeof openMessage>;
