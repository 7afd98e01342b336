import { type HitsPage, hitsPageLength, type searchQuery } from "@grata/contract/history";
import { and, desc, eq, gte, lt } from "drizzle-orm";
import type * as z from "zod/mini";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { searchedMessages } from "../../foundation/schema/history.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { candidates } from "./candidates.ts";
import { bucketLength } from "./facets.ts";
import { groupsOf, type Narrowed, narrow } from "./filters.ts";
import { type Found, look } from "./look.ts";
import { readWanted } from "./terms.ts";
import { readSight, termsInSight } from "./visible.ts";

/** How many messages one request looks at; whoever wants more asks for the next page. */
const mostLookedAt = 5_000;
const firstChunk = 60;
const longestChunk = 1_000;

/**
 * The messages that hold every word, of those that the asker may read, newest first. Throws `search_text_invalid` for
 * what cannot be looked up.
 */
export function searchMessages(
  storage: Storage,
  asker: Asker,
  { text, cursor, ...filters }: z.output<typeof searchQuery>,
): Promise<HitsPage> {
  const user = requireUser(asker, "history.read");
  const wanted = readWanted(text);
  if (!wanted) throw new Refusal("search_text_invalid", { fields: { text: "search_text_invalid" } });
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const narrowed = await narrow(transaction, organisationId, filters);
    const sight = await readSight(transaction, user);
    const visible = await termsInSight(transaction, sight);
    const groups = [
      ...wanted.terms.map((term) => [term]),
      ...(await groupsOf(transaction, narrowed)),
      ...(visible ? [visible] : []),
    ];
    const range = await rangeOf(transaction, narrowed, cursor);
    const looking = { narrowed, wanted, sight };
    const hits: Found[] = [];
    let lookedAt = 0;
    for await (const chunk of inChunks(candidates(transaction, organisationId, groups, range))) {
      hits.push(...(await look(transaction, looking, chunk)));
      lookedAt += chunk.length;
      if (hits.length >= hitsPageLength)
        return pageOf(hits.slice(0, hitsPageLength), hits[hitsPageLength - 1]?.number);
      if (lookedAt >= mostLookedAt) return pageOf(hits, chunk.at(-1));
    }
    return pageOf(hits, undefined);
  });
}

function pageOf(found: Found[], next: number | undefined): HitsPage {
  return { hits: found.map(({ hit }) => hit), next: next === undefined ? null : String(next) };
}

/** Few at first: mostly the newest are hits, and enough. */
async function* inChunks(bucketfuls: AsyncIterable<number[]>): AsyncGenerator<number[]> {
  let length = firstChunk;
  let held: number[] = [];
  for await (const bucketful of bucketfuls) {
    held = held.concat(bucketful);
    while (held.length >= length) {
      yield held.slice(0, length);
      held = held.slice(length);
      length = Math.min(length * 2, longestChunk);
    }
  }
  if (held.length > 0) yield held;
}

/** Two entries may be stored in another order than that of their times; never by so many. */
const disorder = bucketLength;

/** Between which numbers the messages of a time are. */
async function rangeOf(
  transaction: Transaction,
  { organisationId, from, to }: Narrowed,
  cursor: string | undefined,
): Promise<{ newest: number; oldest: number }> {
  const own = eq(searchedMessages.organisationId, organisationId);
  const last = await transaction
    .select({ number: searchedMessages.number })
    .from(searchedMessages)
    .where(and(own, to === undefined ? undefined : lt(searchedMessages.at, new Date(to))))
    .orderBy(to === undefined ? desc(searchedMessages.number) : desc(searchedMessages.at))
    .limit(1);
  const first =
    from === undefined
      ? []
      : await transaction
          .select({ number: searchedMessages.number })
          .from(searchedMessages)
          .where(and(own, gte(searchedMessages.at, new Date(from))))
          .orderBy(searchedMessages.at)
          .limit(1);
  const newest = (last[0]?.number ?? -1) + (to === undefined ? 0 : disorder);
  const before = cursor === undefined ? newest : Math.min(newest, Number(cursor) - 1);
  if (from !== undefined && !first[0]) return { newest: -1, oldest: 0 };
  return { newest: before, oldest: Math.max((first[0]?.number ?? 0) - disorder, 0) };
}
