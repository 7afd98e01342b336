/** The team as its admins see it: users, their invitations, what an admin does to them. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { emailAddress, name } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

export const role = z.enum(["agent", "admin"]);
export type Role = z.infer<typeof role>;

export const userStatus = z.enum(["invited", "active", "locked", "disabled"]);
export type UserStatus = z.infer<typeof userStatus>;

/** Paused: there, but for nobody new. */
export const presence = z.enum(["online", "paused", "offline"]);
export type Presence = z.infer<typeof presence>;

/** A line of the users list. */
export const teamUser = z.object({
  id: identifier,
  name: z.string(),
  email: z.string(),
  role,
  language,
  status: userStatus,
  /** Null: they have never signed in. */
  lastSeenAt: z.nullable(instant),
  createdAt: instant,
  /** The identities that are assigned to them, by their world. */
  identities: z._default(z.record(z.string(), z.object({ id: identifier, name: z.string() })), {}),
  /** Of somebody who is invited: until when the newest link works. It may have passed. */
  invitationExpiresAt: z.nullable(instant),
});
export type TeamUser = z.infer<typeof teamUser>;

export const deviceKind = z.enum(["desktop", "phone"]);
export type DeviceKind = z.infer<typeof deviceKind>;

/** A signed-in browser, as its user and an admin see it. */
export const userSession = z.object({
  id: identifier,
  device: deviceKind,
  /** What the browser says of itself. */
  userAgent: z.string(),
  /** The network address at sign-in; empty where nobody noted it. */
  address: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  /** The one that asks. */
  current: z.boolean(),
});
export type UserSession = z.infer<typeof userSession>;

export const usersPageLimit = 200;
export const userSorts = ["name", "email", "role", "status", "language", "lastSeen", "created"] as const;

/** A filter that is left out does not narrow the list. */
export const usersQuery = z.object({
  /** A part of the name or the address, in any case. */
  search: z.optional(z.string().check(z.maxLength(200))),
  status: z.optional(userStatus),
  role: z.optional(role),
  language: z.optional(language),
  /** Active users whom nobody has seen for so many days. */
  notSeenForDays: z.optional(z.enum(["30", "60", "90"])),
  /** Default: `name`. Never seen counts as longest ago. */
  sort: z.optional(z.enum(userSorts)),
  direction: z.optional(z.enum(["ascending", "descending"])),
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(2_000))),
  /** Default: 50. */
  limit: z.optional(wholeNumber(1, usersPageLimit)),
});
export type UsersQuery = z.input<typeof usersQuery>;

export const usersPage = z.object({
  users: z.array(teamUser),
  /** How many there are with these filters, on all pages. */
  total: z.int(),
  /** How many there are by status, whatever the filters. */
  counts: z.object({ invited: z.int(), active: z.int(), locked: z.int(), disabled: z.int() }),
  next: z.nullable(z.string()),
});
export type UsersPage = z.infer<typeof usersPage>;

export const userParameters = z.object({ userId: identifier });

/** One user, and the answer of everything that is done to one user. */
export const userProfile = z.object({
  user: teamUser,
  sessions: z.array(userSession),
  /** They sign in with a second step. */
  secondFactor: z.boolean(),
});
export type UserProfile = z.infer<typeof userProfile>;

/** A field that is left out stays. */
export const userChanges = z.object({
  name: z.optional(name),
  role: z.optional(role),
  language: z.optional(language),
});
export type UserChanges = z.infer<typeof userChanges>;

export const newInvitation = z.object({ name, email: emailAddress, role, language });
export type NewInvitation = z.infer<typeof newInvitation>;

export const invitationLinesLimit = 500;

/** Each line is judged by itself: a bad one does not spoil the others. */
export const manyInvitations = z.object({
  lines: z
    .array(z.object({ name: z.string(), email: z.string(), role: z.string(), language: z.string() }))
    .check(z.minLength(1), z.maxLength(invitationLinesLimit)),
});
export type ManyInvitations = z.infer<typeof manyInvitations>;

/** A report for each line, in their order. */
export const manyInvitationsReport = z.object({
  lines: z.array(
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("invited"), user: teamUser }),
      z.object({
        outcome: z.literal("refused"),
        code: z.string(),
        message: z.string(),
        fields: z.record(z.string(), z.object({ code: z.string(), message: z.string() })),
      }),
    ]),
  ),
});
export type ManyInvitationsReport = z.infer<typeof manyInvitationsReport>;

/**
 * One more link to the same invitation, for an admin to hand over. Those that went out before work on; once one is used
 * none works.
 */
export const invitationLink = z.object({ link: z.string(), expiresAt: instant });
