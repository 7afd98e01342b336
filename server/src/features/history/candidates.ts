import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { bucketLength } from "./facets.ts";

/** A message is one of these if it has one term of each group. */
export type Groups = readonly (readonly string[])[];

/** How many buckets are read at once: few first, since the newest hits are in the newest ones. */
const firstWindow = 4;
const widestWindow = 64;

/** The numbers from `newest` down to `oldest` that have one term of each group, in bucketfuls, the newest first. */
export async function* candidates(
  transaction: Transaction,
  organisationId: string,
  groups: Groups,
  { newest, oldest }: { newest: number; oldest: number },
): AsyncGenerator<number[]> {
  const terms = [...new Set(groups.flat())];
  const last = Math.floor(oldest / bucketLength);
  let top = Math.floor(newest / bucketLength);
  for (let width = firstWindow; top >= last; width = Math.min(width * 4, widestWindow)) {
    const bottom = Math.max(top - width + 1, last);
    const buckets = await readBuckets(transaction, organisationId, terms, bottom, top);
    for (let bucket = top; bucket >= bottom; bucket--) {
      const found = inAllGroups(groups, buckets.get(bucket) ?? new Map());
      const numbers = found.map((place) => bucket * bucketLength + place);
      const within = numbers.filter((number) => number <= newest && number >= oldest);
      if (within.length > 0) yield within.sort((one, other) => other - one);
    }
    top = bottom - 1;
  }
}

type Bucket = Map<string, number[]>;

async function readBuckets(
  transaction: Transaction,
  organisationId: string,
  terms: string[],
  bottom: number,
  top: number,
): Promise<Map<number, Bucket>> {
  const { rows } = await transaction.execute<{ term: string; bucket: number; places: number[] }>(
    postingsOf(organisationId, terms, bottom, top),
  );
  const buckets = new Map<number, Bucket>();
  for (const { term, bucket, places } of rows) {
    const held = buckets.get(bucket) ?? new Map<string, number[]>();
    held.set(term, places);
    buckets.set(bucket, held);
  }
  return buckets;
}

/** Read by its primary key alone. */
export const postingsOf = (organisationId: string, terms: string[], bottom: number, top: number) => sql`
  SELECT term, bucket, places FROM search_postings
  WHERE organisation_id = ${organisationId} AND term = ANY (${sql.param(terms)}::text[])
    AND bucket BETWEEN ${bottom} AND ${top}`;

/** The places that one term of each group has. */
function inAllGroups(groups: Groups, bucket: Bucket): number[] {
  const reached = new Uint8Array(bucketLength);
  for (const [passed, group] of groups.entries()) {
    for (const term of group) {
      for (const place of bucket.get(term) ?? []) if (reached[place] === passed) reached[place] = passed + 1;
    }
  }
  const found: number[] = [];
  for (const [place, passed] of reached.entries()) if (passed === groups.length) found.push(place);
  return found;
}
