/** HTTP schemas of the session, the first run and visitors. Their routes stand in `routes`. */
import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { timeZone } from "./organisation.ts";
import { sentPermissions } from "./permissions.ts";
import { role } from "./team.ts";
import { emailAddress, name, newPassword, passwordLimit } from "./text.ts";

/** `all`: a sound for every message in my chats; `away`: only while the console is not in front. */
export const notificationPreference = z.enum(["all", "away"]);
export type NotificationPreference = z.infer<typeof notificationPreference>;

export const signedInUser = z.object({
  /** The organisation asks for a second factor and this user has none: all that they may do is set one up. */
  secondFactorMissing: z.boolean(),
  user: z.object({
    id: identifier,
    name: z.string(),
    email: z.string(),
    role,
    permissions: sentPermissions,
    language,
    /** Null: the organisation's. */
    timeZone: z.nullable(z.string()),
    notifications: notificationPreference,
  }),
  organisation: z.object({
    id: identifier,
    name: z.string(),
    timeZone: z.string(),
    defaultLanguage: language,
    /** Minutes without activity after which a session ends; null: never. */
    inactivityMinutes: z.nullable(z.int()),
  }),
});
export type SignedInUser = z.infer<typeof signedInUser>;

export const setUpBody = z.object({
  token: z.string().check(z.maxLength(100)),
  organisation: name,
  name,
  email: emailAddress,
  password: newPassword,
  language,
  /** Where the browser is; a zone that is not known here is as good as none. */
  timeZone: z.optional(
    z.pipe(
      z.string().check(z.maxLength(100)),
      z.transform((value: string) => timeZone.safeParse(value).data),
    ),
  ),
});
export type SetUpBody = z.infer<typeof setUpBody>;

/** Tells whether the link still works before somebody fills in the form. */
export const setUpCheckBody = z.object({ token: z.string().check(z.maxLength(100)) });

/** The password is compared, not judged: any string up to a safe length. */
export const signInBody = z.object({
  email: z.string().check(z.maxLength(320)),
  password: z.string().check(z.maxLength(passwordLimit * 4)),
  /** The address of an organisation's own sign-in page, where only its members sign in. */
  slug: z.optional(z.string().check(z.maxLength(100))),
});
export type SignInBody = z.infer<typeof signInBody>;

/** Changes of the signed-in user's own profile. A field that is left out stays. */
export const ownSettingsBody = z.object({
  language: z.optional(language),
  /** Null: the organisation's. */
  timeZone: z.optional(z.nullable(timeZone)),
  notifications: z.optional(notificationPreference),
});
export type OwnSettings = z.infer<typeof ownSettingsBody>;

export const visitorParameters = z.object({ channelId: identifier });
export const newVisitorBody = z.object({
  language: z.optional(language),
  /** The origin of the page around the window; left out where the window is a page of its own. */
  embedder: z.optional(z.string().check(z.maxLength(300))),
});
export const newVisitor = z.object({ token: z.string(), customerId: identifier });

export const identityBody = z.object({
  ...newVisitorBody.def.shape,
  /** A JWT that the shop's server has signed. */
  identity: z.string().check(z.maxLength(8_000)),
  /** The token that this browser has for that customer, if any: it is kept then. */
  token: z.optional(z.string().check(z.maxLength(100))),
});

export const empty = z.object({});
