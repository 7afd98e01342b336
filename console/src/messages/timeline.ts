import type { OutgoingFile, OutgoingItem } from "@grata/client/outgoing";
import { isBefore } from "@grata/client/place";
import type { AuthorKind, TeamEntry } from "@grata/contract/entries";
import { resendable } from "@grata/contract/entries";
import type { Attachment } from "@grata/contract/files";
import type { ShownName } from "@grata/contract/shown-as";

/** Where a message stands on its way. */
export type MessageStatus =
  | { kind: "stored"; delivery: TeamEntry["delivery"]; undelivered?: Undelivered }
  | OutgoingItem["state"];

/** A message that did not reach the customer, or of which nobody knows: by which change, and why. */
export interface Undelivered {
  seq: number;
  deliveryVersion: number;
  /** One of the contract's reasons, or the channel's own words. */
  reason: string | null;
}

export interface MessageRow {
  kind: "message";
  key: string;
  /** Its number in the log; null while it is on its way there. */
  seq: number | null;
  clientId: string | null;
  author: AuthorKind;
  /** The user who wrote it, if one did. */
  userId: string | null;
  /** The name that was shown when it was written; null when there was none. */
  name: string | null;
  /** The names of the identity under which the customer saw them; null: the customer saw that name. */
  as: readonly ShownName[] | null;
  mine: boolean;
  /** For the team alone: the customer never sees it. */
  isNote: boolean;
  text: string;
  /** What it carries: as the server tells it, or as it lies here before it is there. */
  file: Attachment | OutgoingFile | null;
  /** When the server stored it; null while it is on its way there, because our own clock may be wrong. */
  at: number | null;
  /** Whether somebody else wrote before, or it was long ago: then the author's name is shown. */
  begins: boolean;
  status: MessageStatus;
}

export interface EventRow {
  kind: "event";
  key: string;
  event: Exclude<TeamEntry["occurrence"]["kind"], "message" | "note"> | "unattended" | "handedBack";
  name: string | null;
  as: readonly ShownName[] | null;
  /** The colleague or group that it was transferred to. */
  to: string | null;
  mine: boolean;
  at: number;
}

/** One line of the message list. */
export type Row =
  | MessageRow
  | EventRow
  | { kind: "day"; key: string; at: number }
  | { kind: "new"; key: string };

/** Messages of one author within this time read as one turn. */
const TURN = 5 * 60_000;

// One object for each, so that a row that did not change is seen to be the same.
const storedStatus: Record<TeamEntry["delivery"], MessageStatus> = {
  none: { kind: "stored", delivery: "none" },
  pending: { kind: "stored", delivery: "pending" },
  delivered: { kind: "stored", delivery: "delivered" },
  failed: { kind: "stored", delivery: "failed" },
  unconfirmed: { kind: "stored", delivery: "unconfirmed" },
  other: { kind: "stored", delivery: "other" },
};

/**
 * The lines of a message list: what the log holds, then what is on its way there, with a line for each new day; a file
 * that waits, and what failed, stand where they were written. A message keeps its key from the moment it is sent, so that its place on screen never blinks.
 */
export function buildTimeline(options: {
  entries: readonly TeamEntry[];
  outgoing: readonly OutgoingItem[];
  me: string;
  /** Numbers the days where the reader is. */
  dayOf: (at: number) => number;
  /** The customer's messages after this number are new to the reader; null when none are. */
  newSince: number | null;
}): Row[] {
  const { entries, outgoing, me, dayOf } = options;
  let newSince = options.newSince;
  const rows: Row[] = [];
  let day: number | null = null;
  let earlier: MessageRow | null = null;

  function push(row: MessageRow | EventRow): void {
    if (row.at !== null && dayOf(row.at) !== day) {
      day = dayOf(row.at);
      rows.push({ kind: "day", key: `day-${row.key}`, at: row.at });
      earlier = null;
    }
    if (newSince !== null && isNewFor(row, newSince)) {
      // Above the very first message it would say nothing: all of it is new.
      if (rows.some(({ kind }) => kind === "message")) {
        rows.push({ kind: "new", key: "new" });
        earlier = null;
      }
      newSince = null;
    }
    if (row.kind === "message") {
      row.begins = earlier === null || !sameTurn(earlier, row);
      earlier = row;
    } else {
      earlier = null;
    }
    rows.push(row);
  }

  const stored = outgoing.length === 0 ? null : new Set(entries.map((entry) => entry.clientId));
  const unsent = outgoing.filter((item) => !stored?.has(item.clientId));
  for (const entry of entries) {
    for (const item of unsent.filter((waiting) => isBefore(waiting, entry))) {
      push(rowOfOutgoing(item));
      unsent.splice(unsent.indexOf(item), 1);
    }
    push(rowOf(entry, me));
  }
  for (const item of unsent) {
    push(rowOfOutgoing(item));
  }
  return rows;
}

function isNewFor(row: MessageRow | EventRow, newSince: number): boolean {
  return row.kind === "message" && row.author === "customer" && row.seq !== null && row.seq > newSince;
}

function sameTurn(earlier: MessageRow, later: MessageRow): boolean {
  return (
    earlier.author === later.author &&
    earlier.isNote === later.isNote &&
    earlier.mine === later.mine &&
    (later.mine || earlier.name === later.name) &&
    // A message on its way has no identity yet: most likely it gets that of the last one.
    (later.seq === null || JSON.stringify(earlier.as) === JSON.stringify(later.as)) &&
    (later.at === null || earlier.at === null || later.at - earlier.at < TURN)
  );
}

function rowOf(entry: TeamEntry, me: string): MessageRow | EventRow {
  const { occurrence, author, at, seq } = entry;
  const mine = author.userId === me;
  const event = (kind: EventRow["event"], to: string | null = null): EventRow => {
    const as = (occurrence.kind === "claimed" && occurrence.as?.names) || null;
    return { kind: "event", key: `seq-${seq}`, event: kind, name: author.name, as, to, mine, at };
  };
  switch (occurrence.kind) {
    case "message":
    case "note":
      return {
        kind: "message",
        key: entry.clientId ?? `seq-${seq}`,
        seq,
        clientId: entry.clientId,
        author: author.kind,
        userId: author.userId,
        name: author.name,
        as: ("as" in occurrence && occurrence.as?.names) || null,
        mine,
        isNote: occurrence.kind === "note",
        text: occurrence.text,
        file: ("file" in occurrence && occurrence.file) || null,
        at,
        begins: true,
        status: statusOf(entry),
      };
    case "released":
      // The system does it where whoever served the chat was away; the name is theirs.
      return event(author.kind === "system" ? "unattended" : "released");
    case "transferred": {
      const { to } = occurrence;
      return to.kind === "everybody" ? event("handedBack") : event("transferred", to.name);
    }
    case "claimed":
    case "closed":
    case "moved":
    case "erased":
    case "cleared":
    case "other":
      return event(occurrence.kind);
  }
}

function statusOf({ seq, delivery, deliveryVersion, deliveryReason }: TeamEntry): MessageStatus {
  if (deliveryVersion === undefined || !resendable.includes(delivery)) return storedStatus[delivery];
  const undelivered = { seq, deliveryVersion, reason: deliveryReason ?? null };
  return { kind: "stored", delivery, undelivered };
}

function rowOfOutgoing(item: OutgoingItem): MessageRow {
  return {
    kind: "message",
    key: item.clientId,
    seq: null,
    clientId: item.clientId,
    author: "user",
    userId: null,
    name: null,
    as: null,
    mine: true,
    isNote: false,
    text: item.text,
    file: item.file ?? null,
    at: null,
    begins: true,
    status: item.state,
  };
}
