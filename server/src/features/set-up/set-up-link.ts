import { eq, sql } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { setUpLinks } from "../../foundation/schema/organisations.ts";
import { hashSecret, newSecret } from "../../foundation/secrets/token.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

/** Any number will do: whoever sets up holds it, so that two links used at one moment make one organisation. */
const setUpLock = 4_728_203;

async function hasOrganisation(storage: Storage): Promise<boolean> {
  const [row] = await storage.system<{ system_has_organisation: boolean }>("system_has_organisation", []);
  return row?.system_has_organisation ?? false;
}

/** A fresh one-time token for the set-up page, or null when an organisation exists. */
export async function newSetUpToken(storage: Storage): Promise<string | null> {
  if (await hasOrganisation(storage)) return null;
  const { secret, hash } = newSecret();
  await storage.outsideOrganisations((transaction) =>
    transaction.insert(setUpLinks).values({ tokenHash: hash }),
  );
  return secret;
}

/** Throws `set_up_done` once an organisation exists, `set_up_link_invalid` for a token that was never printed. */
export async function checkSetUpToken(storage: Storage, token: string): Promise<void> {
  // The links first: they go in the transaction that brings the organisation, so there is always one of the two to see.
  const known = await storage.outsideOrganisations((transaction) =>
    transaction
      .select()
      .from(setUpLinks)
      .where(eq(setUpLinks.tokenHash, hashSecret(token))),
  );
  if (await hasOrganisation(storage)) throw new Refusal("set_up_done");
  if (known.length === 0) throw new Refusal("set_up_link_invalid");
}

/** Uses the links up, in the transaction that makes the first organisation. Of two at one moment the second fails. */
export async function useSetUpToken(transaction: Transaction): Promise<void> {
  if ((await retireSetUpLinks(transaction)) === 0) throw new Refusal("set_up_done");
}

/** Ends all links, because the transaction at hand makes an organisation. Returns how many there were. */
export async function retireSetUpLinks(transaction: Transaction): Promise<number> {
  await transaction.execute(sql`SELECT pg_advisory_xact_lock(${setUpLock})`);
  return (await transaction.delete(setUpLinks).returning()).length;
}
