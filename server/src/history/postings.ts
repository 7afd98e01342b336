import { sql } from "drizzle-orm";
import type { Transaction } from "../storage/storage.ts";
import { bucketOf, placeOf } from "./facets.ts";

const sliceLength = 2_000;

/** Terms with the numbers of the messages that have them, gathered and then stored together. */
export class Postings {
  readonly #places = new Map<string, Map<number, number[]>>();

  add(term: string, number: number): void {
    const buckets = this.#places.get(term) ?? new Map<number, number[]>();
    const bucket = bucketOf(number);
    const places = buckets.get(bucket) ?? [];
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

  /** Adds them to the index. The caller holds the organisation's counter. */
  async store(transaction: Transaction, organisationId: string): Promise<void> {
    for (const [terms, buckets, places] of this.#slices()) {
      await transaction.execute(sql`
        INSERT INTO search_postings (organisation_id, term, bucket, places)
        SELECT ${organisationId}::uuid, term, bucket, places::smallint[]
        FROM unnest(${sql.param(terms)}::text[], ${sql.param(buckets)}::integer[], ${sql.param(places)}::text[])
          AS posting (term, bucket, places)
        ON CONFLICT (organisation_id, term, bucket) DO UPDATE SET places = search_postings.places || excluded.places`);
    }
  }

  /** Takes them out of the index, and the rows that are empty then. The caller holds the organisation's counter. */
  async remove(transaction: Transaction, organisationId: string): Promise<void> {
    for (const [terms, buckets, places] of this.#slices()) {
      await transaction.execute(sql`
        UPDATE search_postings p
        SET places = ARRAY(SELECT unnest(p.places) EXCEPT SELECT unnest(gone.places::smallint[]))
        FROM unnest(${sql.param(terms)}::text[], ${sql.param(buckets)}::integer[], ${sql.param(places)}::text[])
          AS gone (term, bucket, places)
        WHERE p.organisation_id = ${organisationId} AND (p.term, p.bucket) = (gone.term, gone.bucket)`);
      await transaction.execute(sql`
        DELETE FROM search_postings p
        USING unnest(${sql.param(terms)}::text[], ${sql.param(buckets)}::integer[]) AS gone (term, bucket)
        WHERE p.organisation_id = ${organisationId} AND (p.term, p.bucket) = (gone.term, gone.bucket)
          AND p.places = '{}'`);
    }
  }
}
