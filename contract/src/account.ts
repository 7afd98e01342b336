/** What people do about their own account: accept an invitation, recover a password, end sessions. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { userSession } from "./team.ts";
import { emailAddress, newPassword, passwordLimit } from "./text.ts";

/** The secret of a link. It travels behind the # of the link, and to the server in a body: never in an address. */
const token = z.string().check(z.maxLength(100));

export const linkBody = z.object({ token });

/** What a link is worth. Who it is for is told to whoever holds one that works, and to nobody else. */
export const linkState = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("valid"),
    name: z.string(),
    email: z.string(),
    organisation: z.string(),
    expiresAt: instant,
  }),
  z.object({ state: z.enum(["expired", "used", "revoked", "unknown"]) }),
]);
export type LinkState = z.infer<typeof linkState>;

/** An invitation signs in with the password that is set; after a recovery signing in comes separately. */
export const passwordByLinkBody = z.object({ token, password: newPassword });
export type PasswordByLink = z.infer<typeof passwordByLinkBody>;

/** Always answered the same, whether or not the address belongs to somebody. */
export const recoveryBody = z.object({ email: emailAddress });

export const changePasswordBody = z.object({
  current: z.string().check(z.maxLength(passwordLimit * 4)),
  password: newPassword,
});

export const ownSessions = z.object({ sessions: z.array(userSession) });
export type OwnSessions = z.infer<typeof ownSessions>;

export const sessionParameters = z.object({ sessionId: identifier });

/**
 * The user has done something; the console tells it not more than once a minute. Null:
 * the organisation has no inactivity sign-out. Else the session ends then unless they do something before.
 */
export const sessionActivity = z.object({ endsAt: z.nullable(instant) });
