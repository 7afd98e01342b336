/** Pop-ups for whoever has no console open: by the browser's own push service. */
import * as z from "zod/mini";
import { fileMention } from "./files.ts";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { fails } from "./text.ts";

/** An uncompressed point begins with the byte 4: that is the `B`. Whether it is on the curve is for the server to see. */
const publicKey = z.string().check(z.regex(/^B[\w-]{86}$/, fails("push_keys_invalid")));
const authSecret = z.string().check(z.regex(/^[\w-]{22}$/, fails("push_keys_invalid")));

/** The result of `PushSubscription.toJSON`. Kept for the session that asks, and removed with it. */
export const pushSubscription = z.object({
  endpoint: z.string().check(z.maxLength(1_000, fails("push_service_unknown"))),
  keys: z.object({ p256dh: publicKey, auth: authSecret }),
});
export type PushSubscriptionBody = z.infer<typeof pushSubscription>;

/** The key for `PushManager.subscribe`, and whether this session has a subscription. */
export const ownPush = z.object({ key: z.string(), subscribed: z.boolean() });
export type OwnPush = z.infer<typeof ownPush>;

/** What the service worker is told, encrypted for it alone: what a pop-up shows, and no more. */
export const pushed = z.object({
  kind: z.enum(["waiting", "message"]),
  conversationId: identifier,
  customer: z.object({ name: z.nullable(z.string()), reference: z.string() }),
  last: z.object({ text: z.string(), file: z.optional(fileMention) }),
  language,
});
export type Pushed = z.infer<typeof pushed>;
