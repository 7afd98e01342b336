/** What crosses between the shop's page (loader) and the chat window (iframe) by postMessage. */
import * as z from "zod/mini";

/** From the frame to the page. */
export const frameMessage = z.discriminatedUnion("type", [
  z.object({ source: z.literal("grata"), type: z.literal("ready") }),
  z.object({ source: z.literal("grata"), type: z.literal("close") }),
  z.object({ source: z.literal("grata"), type: z.literal("unread"), count: z.int() }),
  /** The page keeps the visitor's token where the frame's own storage is blocked. */
  z.object({ source: z.literal("grata"), type: z.literal("token"), token: z.nullable(z.string()) }),
]);
export type FrameMessage = z.infer<typeof frameMessage>;

/** From the page to the frame. */
export const pageMessage = z.discriminatedUnion("type", [
  z.object({ source: z.literal("grata"), type: z.literal("open") }),
  z.object({ source: z.literal("grata"), type: z.literal("closed") }),
  z.object({ source: z.literal("grata"), type: z.literal("token"), token: z.nullable(z.string()) }),
]);
export type PageMessage = z.infer<typeof pageMessage>;
