/** An organisation's own way in: its sign-in page with name and logo, at an address or a host name of its own. */
import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import { fails } from "./text.ts";

/** The largest logo that is taken: bytes of the file, pixels of each side. */
export const logoLimits = { bytes: 1_048_576, side: 4_096 } as const;
export const logoTypes = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof logoTypes)[number];

/** The last part of the address of an own sign-in page. */
export const slug = z
  .string(fails("slug_invalid"))
  .check(z.trim(), z.toLowerCase(), z.regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, fails("slug_invalid")));

/** A name as browsers send it, in lower case and ASCII; empty for what is not the name of a host alone. */
function canonicalHost(value: string): string {
  if (/[\s/\\:@?#[\]%]/.test(value)) return "";
  const url = `https://${value}/`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}

/** Labels with a dot between them; the last is no number, as those of IP addresses are. */
const hostForm = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

export const hostName = z.pipe(
  z.pipe(z.string(fails("host_invalid")).check(z.trim()), z.transform(canonicalHost)),
  z.string().check(z.regex(hostForm, fails("host_invalid"))),
);

/** Null: no own address. */
export const slugBody = z.object({ slug: z.nullable(slug) });
/** Null: no own host name. */
export const hostBody = z.object({ host: z.nullable(hostName) });

/** An admin's view, and the answer to whatever changes it. */
export const ownEntrance = z.object({
  slug: z.nullable(z.string()),
  /** The address of the logo on this server. */
  logo: z.nullable(z.string()),
  host: z.nullable(
    z.object({
      name: z.string(),
      /** Until then it leads nowhere. */
      verified: z.boolean(),
      /** The TXT record that proves whose it is. */
      record: z.object({ name: z.string(), value: z.string() }),
    }),
  ),
  /** The public addresses of this installation. */
  entrances: z.array(z.string()),
});
export type OwnEntrance = z.infer<typeof ownEntrance>;

/** What an own sign-in page shows to everybody. */
export const look = z.object({
  /** Null: on a host name of its own, every page has this look. */
  slug: z.nullable(z.string()),
  name: z.string(),
  logo: z.nullable(z.string()),
});
export type Look = z.infer<typeof look>;

/** Of the page at `/:slug`. */
export const slugParameters = z.object({ slug: z.string() });
export const tlsQuery = z.object({ domain: z.string() });
export const logoParameters = z.object({
  organisationId: identifier,
  hash: z.string().check(z.maxLength(64)),
});
