import { customerName, emailAddress } from "@grata/contract/text";
import { and, eq } from "drizzle-orm";
import { errors, jwtVerify } from "jose";
import * as z from "zod";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { webchatSettings } from "../../foundation/schema/webchat.ts";
import { isSealed, type Secrets } from "../../foundation/secrets/seal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** Whom the shop vouches for. */
type Vouched = { externalId: string; name: string | null; email: string | null };

/** Clocks of two servers are never the same. */
const clockToleranceSeconds = 60;

/** A name or address that we cannot take is left out: who it is stands in `sub` alone. */
const claims = z.object({
  sub: z
    .string()
    .min(1)
    .max(200)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value)),
  name: z.optional(z.unknown()).transform((value) => customerName.safeParse(value).data ?? null),
  email: z.optional(z.unknown()).transform((value) => emailAddress.safeParse(value).data ?? null),
});

/** Reads a token that the shop's server signed with this channel's secret, or with the one before it while it lasts. */
export async function verifyIdentity(
  storage: Storage,
  secrets: Secrets,
  { organisationId, channelId }: { organisationId: string; channelId: string },
  token: string,
): Promise<Vouched> {
  const [row] = await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .select()
      .from(webchatSettings)
      .where(
        and(eq(webchatSettings.organisationId, organisationId), eq(webchatSettings.channelId, channelId)),
      ),
  );
  if (!row?.secret) throw new Refusal("identity_not_set_up");
  const formerLasts = row.formerSecretUntil !== null && row.formerSecretUntil.getTime() > Date.now();
  const stored = [row.secret, ...(row.formerSecret !== null && formerLasts ? [row.formerSecret] : [])];
  const place = { organisationId, purpose: "webchat.identity", rowId: channelId } as const;
  // What an older release has stored is not sealed yet.
  const opened = stored.map((text) => (isSealed(text) ? secrets.open(place, text) : text));
  const payload = await verifyWithAny(token, await Promise.all(opened));
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new Refusal("identity_invalid");
  const { sub, name: givenName, email } = parsed.data;
  return { externalId: sub, name: givenName, email };
}

async function verifyWithAny(token: string, secrets: string[]): Promise<unknown> {
  let refusal = new Refusal("identity_invalid");
  for (const secret of secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ["HS256"],
        requiredClaims: ["sub", "exp"],
        clockTolerance: clockToleranceSeconds,
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      // Only a token whose signature is right is told that it came too late.
      if (error instanceof errors.JWTExpired) refusal = new Refusal("identity_expired");
    }
  }
  throw refusal;
}
