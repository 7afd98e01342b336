import { eq } from "drizzle-orm";
import webPush from "web-push";
import { pushKeys } from "../../foundation/schema/pushes.ts";
import type { SecretPlace, Secrets } from "../../foundation/secrets/seal.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

const placeOf = (organisationId: string): SecretPlace => ({
  organisationId,
  purpose: "push",
  rowId: organisationId,
});

/** The public half of the organisation's key, for browsers. The pair is made when somebody first asks for it. */
export async function publicPushKey(
  transaction: Transaction,
  secrets: Secrets,
  organisationId: string,
): Promise<string> {
  const own = eq(pushKeys.organisationId, organisationId);
  const find = async () => (await transaction.select().from(pushKeys).where(own))[0]?.publicKey;
  const found = await find();
  if (found !== undefined) return found;
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  // Of two who make one at the same moment both get the first one's.
  await transaction
    .insert(pushKeys)
    .values({
      organisationId,
      publicKey,
      privateKey: await secrets.seal(placeOf(organisationId), privateKey),
    })
    .onConflictDoNothing();
  return (await find()) ?? publicKey;
}

/** Both halves, to sign with; null before the first subscription. */
export async function pushKeyPair(
  transaction: Transaction,
  secrets: Secrets,
  organisationId: string,
): Promise<{ publicKey: string; privateKey: string } | null> {
  const [row] = await transaction.select().from(pushKeys).where(eq(pushKeys.organisationId, organisationId));
  if (!row) return null;
  const privateKey = await secrets.open(placeOf(organisationId), row.privateKey);
  return { publicKey: row.publicKey, privateKey };
}
