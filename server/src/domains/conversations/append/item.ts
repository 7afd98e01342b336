import type { Occurrence } from "@grata/contract/entries";
import type { Principal } from "../../../foundation/access/principal.ts";
import type { Audience, Author, Entry } from "../entry.ts";

/** Something to append: what, by whom, and on whose authority. */
export type NewEntry = {
  organisationId: string;
  conversationId: string;
  /** Made by the client; the same one again returns the first entry. */
  clientId: string;
  author: Author;
  audience: Audience;
  occurrence: Occurrence;
  /** Asked about the conversation once its row is locked, so that a close or a claim cannot slip between. */
  principal: Principal;
  /** The connection it came by, if any. */
  connectionId: string | null;
};

/** Result of an append: the stored entry; for a repeat, the first one. */
export type Appended = { seq: number; at: Date; entry: Entry; repeated: boolean };

/** A new entry on its way through the writer. */
export type Item = {
  entry: NewEntry;
  /** When it is given up, by `performance.now()`. */
  deadline: number;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
};
