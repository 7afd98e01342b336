import type { AuthorKind, Delivery, Occurrence } from "@grata/contract/entries";
import type { Attachment } from "@grata/contract/files";

/** Writer of an entry, with their name at the time. The identity that a customer saw stands in the occurrence. */
export type Author = { kind: AuthorKind; userId: string | null; name: string | null };

/** A user as the author of an entry. */
export const authorOf = ({ userId, name }: { userId: string; name: string }): Author => ({
  kind: "user",
  userId,
  name,
});

export type Audience = "everybody" | "team";

/** One entry of a log, whole. What of it leaves is decided by `present.ts`. */
export type Entry = {
  seq: number;
  author: Author;
  audience: Audience;
  occurrence: Occurrence;
  delivery: Delivery;
  /** Latest change of the delivery state: its number, and the reason. */
  deliveryVersion?: number;
  deliveryReason?: string | null;
  clientId: string | null;
  at: Date;
};

/** Words and file of an entry that has any: of a message, and of a note. Null: something happened. */
export function saidIn(occurrence: Occurrence): { text: string; file?: Attachment | undefined } | null {
  switch (occurrence.kind) {
    case "message":
    case "note":
      return occurrence;
    default:
      return null;
  }
}
