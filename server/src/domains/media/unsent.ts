import { sql } from "drizzle-orm";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { isOwn, uploaderId } from "./owner.ts";

const megabyte = 1_048_576;

/**
 * How much may lie on the server that no message carries yet. A browser sends a file as soon as it is there, so that an
 * honest one has next to nothing. For the customers of an organisation together it is kept apart from the team's.
 */
const quotas = {
  visitor: { bytes: 200 * megabyte, files: 100 },
  user: { bytes: 1_000 * megabyte, files: 500 },
  customers: { bytes: 5_000 * megabyte, files: 10_000 },
};

/** Under a full quota of an organisation's customers, uploads as old as this are taken for given up. */
const givenUpAfter = sql`interval '1 hour'`;
const retryAfter = 600;

/** Throws `too_many_requests` where so many bytes more would be too much that is not sent. */
export async function requireUnsentRoom(
  storage: Storage,
  uploader: User | Visitor,
  bytes: number,
): Promise<void> {
  await storage.inOrganisation(uploader.organisationId, async (transaction) => {
    const before = await measure(transaction, uploader);
    if (uploader.kind === "visitor" && isOver(before.customers, bytes, quotas.customers)) {
      await removeGivenUp(transaction, uploader);
      const after = await measure(transaction, uploader);
      if (isOver(after.customers, bytes, quotas.customers)) throw refusal();
    }
    if (isOver(before.own, bytes, quotas[uploader.kind])) throw refusal();
  });
}

/** The same where the file is stored: of uploads that ran beside each other the quota takes as many as it may. */
export async function requireOwnRoom(
  transaction: Transaction,
  uploader: User | Visitor,
  bytes: number,
): Promise<void> {
  await transaction.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`grata unsent ${uploaderId(uploader)}`}, 0))`,
  );
  const { own } = await measure(transaction, uploader);
  if (isOver(own, bytes, quotas[uploader.kind])) throw refusal();
}

type Amount = { bytes: number; files: number };

const isOver = (lying: Amount, bytes: number, quota: Amount) =>
  lying.bytes + bytes > quota.bytes || lying.files + 1 > quota.files;

const refusal = () => new Refusal("too_many_requests", { retryAfter });

async function measure(
  transaction: Transaction,
  uploader: User | Visitor,
): Promise<{ own: Amount; customers: Amount }> {
  const own = isOwn(uploader);
  const { rows } = await transaction.execute<Record<string, string>>(sql`
    SELECT count(*) FILTER (WHERE ${own}) AS own_files,
      COALESCE(sum(bytes) FILTER (WHERE ${own}), 0) AS own_bytes,
      count(customer_id) AS files,
      COALESCE(sum(bytes) FILTER (WHERE customer_id IS NOT NULL), 0) AS bytes
    FROM files WHERE organisation_id = ${uploader.organisationId} AND sent_with IS NULL`);
  const { own_files, own_bytes, files, bytes } = rows[0] ?? {};
  return {
    own: { files: Number(own_files), bytes: Number(own_bytes) },
    customers: { files: Number(files), bytes: Number(bytes) },
  };
}

async function removeGivenUp(transaction: Transaction, { organisationId }: Visitor): Promise<void> {
  await transaction.execute(sql`
    DELETE FROM files WHERE organisation_id = ${organisationId} AND sent_with IS NULL
      AND customer_id IS NOT NULL AND created_at < now() - ${givenUpAfter}`);
}
