/** What an admin sets for the whole organisation. */
import * as z from "zod/mini";
import { language } from "./languages.ts";
import { fails, name } from "./text.ts";

/** The shortest and the longest inactivity that may be chosen, in minutes. */
export const inactivityLimits = { least: 5, most: 1_440 } as const;

/** How long an agent may be gone before their customers who wait for a reply go back to the wait list, in seconds. */
export const absenceLimits = { least: 10, most: 14_400 } as const;

function isTimeZone(value: string): boolean {
  try {
    // Offsets such as +08:00 are taken too by newer engines; a zone has a name.
    return /^[A-Za-z]/.test(value) && new Intl.DateTimeFormat("en", { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

/** A time zone by its IANA name, such as Asia/Shanghai. */
export const timeZone = z
  .string(fails("time_zone_unknown"))
  .check(z.maxLength(100, fails("time_zone_unknown")), z.refine(isTimeZone, fails("time_zone_unknown")));

const absenceSeconds = z.int().check(z.minimum(absenceLimits.least), z.maximum(absenceLimits.most));

export const organisationSettings = z.object({
  name,
  /** Of new invitations, unless the admin chooses another. */
  defaultLanguage: language,
  timeZone,
  /** Minutes without activity after which a session ends; null: never. */
  inactivityMinutes: z.nullable(
    z.int().check(z.minimum(inactivityLimits.least), z.maximum(inactivityLimits.most)),
  ),
  /** One session for each user and kind of device: a newer sign-in ends the older one. */
  oneSession: z.boolean(),
  /** Whoever has no second factor may only set one up. */
  secondFactorRequired: z.boolean(),
  /** Seconds after which a chat that waits for an agent who is gone goes back to the wait list. */
  absenceSeconds,
});
export type OrganisationSettings = z.infer<typeof organisationSettings>;

/** The console of the release before does not send `absenceSeconds`: then it stays. */
export const organisationChange = z.extend(organisationSettings, {
  absenceSeconds: z.optional(absenceSeconds),
});
export type OrganisationChange = z.infer<typeof organisationChange>;
