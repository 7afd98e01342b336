import { organisationQuickRepliesLimit, ownQuickRepliesLimit } from "@grata/contract/quick-replies";
import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** `organisation`: everybody's, which admins write. `own`: those that their user alone sees and writes. */
export type Scope = "organisation" | "own";

/** A list of quick replies, in the hands of somebody who may change it. */
export type List = {
  organisationId: string;
  ownerId: string | null;
  limit: number;
  writer: ReturnType<typeof requireUser>;
};

/** Asks whether this user may change that list, as the first line of every action. */
export function requireList(asker: Asker, scope: Scope): List {
  const writer = requireUser(asker, scope === "own" ? "quickReplies.own" : "quickReplies.manage");
  const { organisationId, userId } = writer;
  return scope === "own"
    ? { organisationId, ownerId: userId, limit: ownQuickRepliesLimit, writer }
    : { organisationId, ownerId: null, limit: organisationQuickRepliesLimit, writer };
}

/** Which rows are of this list. */
export function inList({
  organisationId,
  ownerId,
}: Pick<List, "organisationId" | "ownerId">): SQL | undefined {
  return and(
    eq(quickReplies.organisationId, organisationId),
    ownerId === null ? isNull(quickReplies.ownerId) : eq(quickReplies.ownerId, ownerId),
  );
}

/**
 * Lets one write after the other: what is counted and looked for stays true until the transaction ends. One lock for
 * all lists of an organisation is enough for what people do by hand.
 */
export async function lockLists(transaction: Transaction, { organisationId }: List): Promise<void> {
  await transaction
    .select({ id: organisations.organisationId })
    .from(organisations)
    .where(eq(organisations.organisationId, organisationId))
    .for("no key update");
}
