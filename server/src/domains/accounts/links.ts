import type { LinkState } from "@grata/contract/account";
import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { links, linkTokens, users } from "../../foundation/schema/accounts.ts";
import { mails } from "../../foundation/schema/mails.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import { hashSecret, newSecret } from "../../foundation/secrets/token.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

export type LinkKind = (typeof links.$inferSelect)["kind"];
type Link = typeof links.$inferSelect;
type Owner = { organisationId: string; userId: string };

const lifetimeHours: Record<LinkKind, number> = { invitation: 48, recovery: 1 };
const expiry = (kind: LinkKind) => sql`now() + make_interval(hours => ${lifetimeHours[kind]})`;

/** Makes a user's newest link of this kind; the one before it stops working. The caller has locked the user. */
export async function makeLink(transaction: Transaction, owner: Owner, kind: LinkKind): Promise<string> {
  await revokeLinks(transaction, owner, kind);
  const id = newId();
  await transaction.insert(links).values({ ...owner, id, kind, expiresAt: expiry(kind) });
  return id;
}

/** The first link of each of these users, who have none of this kind. By user. */
export async function makeFirstLinks(
  transaction: Transaction,
  organisationId: string,
  userIds: readonly string[],
  kind: LinkKind,
): Promise<Map<string, string>> {
  const made = userIds.map((userId) => ({
    organisationId,
    userId,
    id: newId(),
    kind,
    expiresAt: expiry(kind),
  }));
  await transaction.insert(links).values(made);
  return new Map(made.map(({ userId, id }) => [userId, id]));
}

/** Ends a user's links of this kind, and the mails that have not yet gone out with them. */
export async function revokeLinks(transaction: Transaction, owner: Owner, kind: LinkKind): Promise<void> {
  const revoked = await transaction
    .update(links)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(links.organisationId, owner.organisationId),
        eq(links.userId, owner.userId),
        eq(links.kind, kind),
        isNull(links.usedAt),
        isNull(links.revokedAt),
      ),
    )
    .returning({ id: links.id });
  for (const { id } of revoked) {
    await transaction
      .delete(mails)
      .where(
        and(eq(mails.organisationId, owner.organisationId), eq(mails.linkId, id), eq(mails.state, "waiting")),
      );
  }
}

/**
 * Gives an open link one more secret and returns it, or null when the link is used or revoked. Its time begins anew:
 * a mail that had to wait for its server is as good as one that did not.
 */
export async function mintToken(
  transaction: Transaction,
  organisationId: string,
  linkId: string,
): Promise<{ secret: string; link: Link } | null> {
  const link = await lockLink(transaction, organisationId, linkId);
  if (link.usedAt !== null || link.revokedAt !== null) return null;
  const { secret, hash } = newSecret();
  await transaction.insert(linkTokens).values({ organisationId, tokenHash: hash, linkId });
  const [renewed = link] = await transaction
    .update(links)
    .set({ expiresAt: expiry(link.kind) })
    .where(and(eq(links.organisationId, organisationId), eq(links.id, linkId)))
    .returning();
  return { secret, link: renewed };
}

/** Locks a link that is there: links are never deleted. */
export async function lockLink(transaction: Transaction, organisationId: string, id: string): Promise<Link> {
  const [link] = await transaction
    .select()
    .from(links)
    .where(and(eq(links.organisationId, organisationId), eq(links.id, id)))
    .for("no key update");
  if (!link) throw new Error("A link is gone that was just found.");
  return link;
}

/** Finds the link that a secret opens, of this kind: an invitation's secret recovers nothing. */
async function findLink(
  storage: Storage,
  kind: LinkKind,
  secret: string,
): Promise<{ organisationId: string; linkId: string } | null> {
  const [row] = await storage.system<{ organisation_id: string; id: string; kind: LinkKind }>("system_link", [
    hashSecret(secret),
  ]);
  return row?.kind === kind ? { organisationId: row.organisation_id, linkId: row.id } : null;
}

function stateOf(link: Link): Exclude<LinkState["state"], "unknown"> {
  if (link.usedAt !== null) return "used";
  if (link.revokedAt !== null || link.userId === null) return "revoked";
  return link.expiresAt.getTime() <= Date.now() ? "expired" : "valid";
}

/** What the holder of a link is told before they fill in the form. */
export async function checkLink(storage: Storage, kind: LinkKind, secret: string): Promise<LinkState> {
  const found = await findLink(storage, kind, secret);
  if (!found) return { state: "unknown" };
  return storage.inOrganisation(found.organisationId, async (transaction) => {
    const [row] = await transaction
      .select({ link: links, user: users, organisation: organisations })
      .from(links)
      .innerJoin(organisations, eq(organisations.organisationId, links.organisationId))
      .leftJoin(users, and(eq(users.organisationId, links.organisationId), eq(users.id, links.userId)))
      .where(and(eq(links.organisationId, found.organisationId), eq(links.id, found.linkId)));
    if (!row) return { state: "unknown" };
    const state = stateOf(row.link);
    if (state !== "valid") return { state };
    if (!row.user) return { state: "revoked" };
    return {
      state,
      name: row.user.name,
      email: row.user.email,
      organisation: row.organisation.name,
      expiresAt: row.link.expiresAt.getTime(),
    };
  });
}

export type LinkOwner = { user: typeof users.$inferSelect; organisationName: string };

/**
 * Uses a link up: runs `work` with its owner in the transaction that does so. Of two browsers at one moment one gets
 * `<kind>_used`; whatever `work` refuses leaves the link as it was. `before` is for dear work outside a transaction.
 */
export async function useLink<Before, T>(
  storage: Storage,
  kind: LinkKind,
  secret: string,
  before: (owner: LinkOwner) => Promise<Before>,
  work: (transaction: Transaction, owner: LinkOwner, prepared: Before) => Promise<T>,
): Promise<T> {
  const found = await findLink(storage, kind, secret);
  if (!found) throw new Refusal(`${kind}_invalid`);
  const { organisationId, linkId } = found;
  const prepared = await before(
    await storage.inOrganisation(organisationId, (transaction) =>
      openLink(transaction, organisationId, linkId, kind),
    ),
  );
  return storage.inOrganisation(organisationId, async (transaction) => {
    const owner = await openLink(transaction, organisationId, linkId, kind);
    await transaction
      .update(links)
      .set({ usedAt: sql`now()` })
      .where(and(eq(links.organisationId, organisationId), eq(links.id, linkId)));
    return work(transaction, owner, prepared);
  });
}

/** The owner of a link that works, with both locked; the user first, as everywhere. */
async function openLink(
  transaction: Transaction,
  organisationId: string,
  linkId: string,
  kind: LinkKind,
): Promise<LinkOwner> {
  const [named] = await transaction
    .select({ userId: links.userId })
    .from(links)
    .where(and(eq(links.organisationId, organisationId), eq(links.id, linkId)));
  if (!named) throw new Refusal(`${kind}_invalid`);
  const [user] = await transaction
    .select()
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.id, named.userId ?? linkId)))
    .for("no key update");
  const state = stateOf(await lockLink(transaction, organisationId, linkId));
  if (state !== "valid") throw new Refusal(`${kind}_${state}`);
  if (!user) throw new Refusal(`${kind}_revoked`);
  const [organisation] = await transaction
    .select({ name: organisations.name })
    .from(organisations)
    .where(eq(organisations.organisationId, organisationId));
  return { user, organisationName: organisation?.name ?? "" };
}
