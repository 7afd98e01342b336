/** A web chat channel: what an admin sets, and what of it the window and its loader are given. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import type { languages } from "./languages.ts";
import { webAddress } from "./source.ts";
import { fails, isText, name } from "./text.ts";

export const wordingLimit = 500;
export const originsLimit = 50;

/** `https://shop.example`, with a port if need be; `https://*.shop.example` stands for every name below it. */
function isOrigin(value: string): boolean {
  const plain = value.replace("://*.", "://");
  if (!/^https?:\/\//.test(plain) || !URL.canParse(plain)) return false;
  return new URL(plain).origin === plain && !plain.includes("*");
}

/** A site that may carry the window. Lower case, because browsers compare it so. */
export const allowedOrigin = z.pipe(
  z.string(fails("origin_invalid")).check(z.trim(), z.toLowerCase(), z.maxLength(300)),
  z.string().check(z.refine(isOrigin, fails("origin_invalid"))),
);

export const colour = z.string(fails("colour_invalid")).check(
  z.trim(),
  z.toLowerCase(),
  z.refine((value) => /^#[\da-f]{6}$/.test(value), fails("colour_invalid")),
);

const words = z.string(fails("wording_invalid")).check(
  z.trim(),
  z.refine((value) => value.length <= wordingLimit && isText(value), fails("wording_invalid")),
);

/** The texts that a shop may say in its own words. An empty one is left to ours. */
export const wording = z.object({ title: words, greeting: words, offline: words });
export type Wording = z.infer<typeof wording>;

const wordings = z.object({ en: wording, "zh-Hans": wording, "zh-Hant": wording } satisfies Record<
  (typeof languages)[number],
  typeof wording
>);

/** Everything that an admin sets. */
export const webChatSettings = z.object({
  name,
  /** Empty: every site. */
  allowedOrigins: z.array(allowedOrigin).check(z.maxLength(originsLimit)),
  colour,
  position: z.enum(["left", "right"]),
  /** False: the shop opens the window by an element of its own. */
  launcher: z.boolean(),
  texts: wordings,
});
export type WebChatSettings = z.infer<typeof webChatSettings>;

/** A channel as an admin sees it. The secret itself is shown once, when it is made. */
export const webChat = z.object({
  id: identifier,
  settings: webChatSettings,
  /** The one line for the shop's pages. */
  snippet: z.string(),
  secret: z.nullable(
    z.object({
      madeAt: instant,
      /** Until when the one before it is still taken. */
      formerUntil: z.nullable(instant),
    }),
  ),
});
export type WebChat = z.infer<typeof webChat>;

export const webChatList = z.object({ channels: z.array(webChat) });
export const newWebChatBody = z.object({ name });

export const newSecretBody = z.object({
  /** True after a leak: the former secret ends now instead of after a day. */
  endFormer: z.boolean(),
});
export const newSecret = z.object({ secret: z.string(), channel: webChat });

export const checkBody = z.object({ url: webAddress });

/** What the check may find, in the order of importance. */
export const findings = [
  "snippet_found",
  "snippet_missing",
  "snippet_of_another_channel",
  "snippet_of_another_address",
  "origin_not_allowed",
  "page_not_https",
  "script_blocked_by_policy",
  "frame_blocked_by_policy",
  "page_unreachable",
  "page_address_private",
  "page_too_large",
  "page_not_html",
  "page_refused",
] as const;
export type Finding = (typeof findings)[number];

export const checkResult = z.object({
  /** True when the window works on that page, as far as the page itself shows it. */
  works: z.boolean(),
  findings: z.array(z.object({ code: z.enum(findings), message: z.string() })),
});
export type CheckResult = z.infer<typeof checkResult>;

/** What the loader is given, in front of its script. */
export const launcherSettings = z.object({
  channel: identifier,
  /** Where the window comes from, if the script cannot tell where it came from itself. */
  origin: z.string(),
  colour,
  position: z.enum(["left", "right"]),
  launcher: z.boolean(),
  /** A regular expression of the origins that may carry the window; null: all. */
  sites: z.nullable(z.string()),
});
export type LauncherSettings = z.infer<typeof launcherSettings>;

/** What the window is given, in its page. */
export const windowSettings = z.object({ colour, texts: wordings });
export type WindowSettings = z.infer<typeof windowSettings>;
