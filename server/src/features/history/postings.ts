import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { bucketOf, placeOf } from "./facets.ts";

const sliceLength = 2_000;

/** Terms with the numbers of the messages that have them, gathered and then stored together. */
export class Postings {
  readonly #places = new Map<string, Map<number, number[]>>();
  #rows = 0;

  /** How many rows of the index they are: what they cost, here and in the database. */
  get rows(): number {
    return this.#rows;
  }

  add(term: string, number: number): void {
    const buckets = this.#places.get(term) ?? new Map<number, number[]>();
    const bucket = bucketOf(number);
    const places = buckets.get(bucket) ?? [];
    if (places.length === 0) this.#rows++;
    places.push(placeOf(number));
    buckets.set(bucket, places);
    this.#places.set(term, buckets);
  }

  /** As columns of one statement each: to write down tens of thousands at once would hold up the event loop. */
  *#slices(): Generator<[terms: string[], buckets: number[], places: string[]]> {
    const lines = [...this.#places].flatMap(([term, buckets]) =>
      Array.from(buckets, ([bucket, places]) => ({ term, bucket, places })),
    );
    for (let start = 0; start < lines.length; start += sliceLength) {
      const slice = lines.slice(start, start + sliceLength);
      yield [
        slice.map(({ term }) => term),
        slice.map(({ bucket }) => bucket),
        slice.map(({ places }) => `{${places.join(",")}}`),
      ];
    }
  }

  #clear(): void {
    this.#places.clear();
    this.#rows = 0;
  }

  /** Adds them to the index and lets go of them. The caller holds the organisation's counter. */
  async store(transaction: Transaction, organisationId: string): Promise<void> {
    for (const [terms, buckets, places] of this.#slices()) {
      await transaction.execute(sql`
        INSERT INTO search_postings (organisation_id, term, bucket, places)
        SELECT ${organisationId}::uuid, term, bucket, places::smallint[]
        FROM unnest(${sql.param(terms)}::text[], ${sql.param(buckets)}::integer[], ${sql.param(places)}::text[])
          AS posting (term, bucket, places)
        ON CONFLICT (organisation_id, term, bucket) DO UPDATE SET places = search_postings.places || excluded.places`);
    }
    this.#clear();
  }

  /** Takes them out of the index, with the rows that are empty then, and lets go of them. The caller holds the organisation's counter. */
  async remove(transaction: Transaction, organisationId: string): Promise<void> {
    for (const [terms, buckets, places] of this.#slices()) {
      // Each row is looked up by its key: joined, PostgreSQL may well read the whole index for each slice.
      const found = sql`
        FROM unnest(${sql.param(terms)}::text[], ${sql.param(buckets)}::integer[], ${sql.param(places)}::text[])
          AS gone (term, bucket, places)
        CROSS JOIN LATERAL (
          SELECT p.ctid, p.places FROM search_postings p
          WHERE p.organisation_id = ${organisationId} AND p.term = gone.term AND p.bucket = gone.bucket
          LIMIT 1
        ) held`;
      // Most rows of rare words go whole: to empty them first would write each twice.
      await transaction.execute(sql`
        DELETE FROM search_postings
        WHERE ctid = ANY (ARRAY(SELECT held.ctid ${found} WHERE held.places <@ gone.places::smallint[]))`);
      await transaction.execute(sql`
        INSERT INTO search_postings (organisation_id, term, bucket, places)
        SELECT ${organisationId}::uuid, gone.term, gone.bucket, gone.places::smallint[] ${found}
        ON CONFLICT (organisation_id, term, bucket) DO UPDATE
          SET places = ARRAY(SELECT unnest(search_postings.places) EXCEPT SELECT unnest(excluded.places))`);
    }
    this.#clear();
  }
}
