/** What crosses between the shop's page (loader) and the chat window (iframe) by postMessage. */
import * as z from "zod/mini";

const grata = { source: z.literal("grata") };

/** From the frame to the page. */
export const frameMessage = z.discriminatedUnion("type", [
  z.object({ ...grata, type: z.literal("ready") }),
  z.object({ ...grata, type: z.literal("close") }),
  z.object({ ...grata, type: z.literal("unread"), count: z.int() }),
  /** The page keeps the visitor's token where the frame's own storage is blocked. */
  z.object({ ...grata, type: z.literal("token"), token: z.nullable(z.string()) }),
  /** Asks where the visitor is now; answered with `page`. */
  z.object({ ...grata, type: z.literal("where") }),
  /** What became of the identity that the page gave; null code: it is taken. */
  z.object({
    ...grata,
    type: z.literal("identified"),
    code: z.nullable(z.string()),
    message: z.string(),
  }),
]);
export type FrameMessage = z.infer<typeof frameMessage>;

/** From the page to the frame. */
export const pageMessage = z.discriminatedUnion("type", [
  /** The first word: what the page keeps for the frame. */
  z.object({
    ...grata,
    type: z.literal("hello"),
    token: z.nullable(z.string()),
    identity: z.nullable(z.string()),
  }),
  /** `full`: the window covers the page. */
  z.object({ ...grata, type: z.literal("open"), full: z.boolean() }),
  z.object({ ...grata, type: z.literal("closed") }),
  z.object({ ...grata, type: z.literal("page"), url: z.string(), title: z.string(), referrer: z.string() }),
  /** Somebody signed in on the page; null: signed out, and nothing of them may stay. */
  z.object({ ...grata, type: z.literal("identity"), identity: z.nullable(z.string()) }),
]);
export type PageMessage = z.infer<typeof pageMessage>;

/** What became of an identity: null code when the server has taken it. */
export type Identified = { code: string | null; message: string };

/** What a shop's page may ask of the chat window: `window.grata`, there once `grataReady` has been dispatched. */
export type PageFunctions = {
  open(): void;
  close(): void;
  /** Shows the button and the window, or neither. */
  show(): void;
  hide(): void;
  /** Resolves once the window has been loaded and the server has answered. */
  identify(identity: string): Promise<Identified>;
  logout(): void;
};
