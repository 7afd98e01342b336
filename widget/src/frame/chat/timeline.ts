import type { OutgoingFile, OutgoingItem } from "@grata/client/outgoing";
import { isBefore } from "@grata/client/place";
import type { CustomerEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import type { Attachment } from "@grata/contract/files";
import { seenAs } from "./agent-of.ts";
import type { ChatView } from "./chat.ts";

type MessageState =
  | { kind: "received" }
  | { kind: "sent" }
  | { kind: "uploading" }
  | { kind: "sending" }
  | { kind: "failed"; failure: Failure };

/** A line of the window. `key` stays the same from the moment a message is typed until long after it is stored. */
export type TimelineLine =
  | { kind: "day"; key: string; at: number }
  | {
      kind: "message";
      key: string;
      own: boolean;
      name: string | null;
      text: string;
      /** What it carries: as the server tells it, or as it lies here before it is there. */
      file: Attachment | OutgoingFile | undefined;
      at: number;
      state: MessageState;
      /** The first and the last of what one person said in one go. */
      first: boolean;
      last: boolean;
    }
  | { kind: "erased"; key: string; at: number }
  /** Something that a newer server knows and this window does not. */
  | { kind: "other"; key: string; at: number }
  | { kind: "joined"; key: string; name: string | null; at: number }
  /** The agent no longer serves the chat: it waits again. */
  | { kind: "queued"; key: string; at: number }
  /** `final`: nothing was written since. */
  | { kind: "closed"; key: string; final: boolean; at: number };

type Message = Extract<TimelineLine, { kind: "message" }>;

/** What is said within so many milliseconds is said in one go. */
const ONE_GO = 5 * 60_000;

/**
 * Everything to be shown, in order: what is in the logs, then what is on its way; a file that waits, and what failed,
 * stand where they were written.
 */
export function layOut(
  view: Pick<ChatView, "episodes" | "outgoing">,
  now: number,
  language: string,
): TimelineLine[] {
  const { episodes } = view;
  const stored = new Set(episodes.flatMap(({ log }) => log.entries.map(({ clientId }) => clientId)));
  let unsent = view.outgoing.filter((item) => !stored.has(item.clientId));
  const lines: TimelineLine[] = [];

  function put(items: OutgoingItem[], latest: number): void {
    for (const item of items) {
      lines.push(layOutItem(item, lines.at(-1)?.at ?? 0, latest));
    }
    unsent = unsent.filter((item) => !items.includes(item));
  }

  for (const { conversationId, log } of episodes) {
    for (const entry of log.entries) {
      put(
        unsent.filter((item) => isBefore(item, entry)),
        entry.at,
      );
      lines.push(...layOutEntry(conversationId, entry, language));
    }
  }
  put(unsent, now);
  return separateDays(group(lines));
}

function layOutEntry(conversationId: string, entry: CustomerEntry, language: string): TimelineLine[] {
  const { occurrence, author, at } = entry;
  const { name } = seenAs(author, language);
  const key = entry.clientId ?? `${conversationId}/${entry.seq}`;
  switch (occurrence.kind) {
    case "message": {
      const own = author.kind === "customer";
      const state: MessageState = { kind: own ? "sent" : "received" };
      return [message({ key, own, name, text: occurrence.text, file: occurrence.file, at, state })];
    }
    case "claimed":
      return [{ kind: "joined", key, name, at }];
    case "closed":
      return [{ kind: "closed", key, final: false, at }];
    case "erased":
    case "other":
      return [{ kind: occurrence.kind, key, at }];
    case "hidden":
      return occurrence.queued ? [{ kind: "queued", key, at }] : [];
    case "cleared":
      return [];
  }
}

function layOutItem(
  { clientId, text, file, state, writtenAt }: OutgoingItem,
  earliest: number,
  latest: number,
): TimelineLine {
  // Between its neighbours, whatever the clock said when it was typed: that one may have been hours wrong.
  const at = Math.min(Math.max(writtenAt ?? latest, earliest), latest);
  return message({ key: clientId, own: true, name: null, text, file, at, state });
}

const message = (part: Omit<Message, "kind" | "first" | "last">): Message => ({
  kind: "message",
  first: true,
  last: true,
  ...part,
});

function group(lines: TimelineLine[]): TimelineLine[] {
  return lines.map((line, index) => {
    if (line.kind === "closed") {
      return { ...line, final: index === lines.length - 1 };
    }
    return line.kind === "message"
      ? { ...line, first: !follows(lines[index - 1], line), last: !follows(line, lines[index + 1]) }
      : line;
  });
}

function follows(before: TimelineLine | undefined, after: TimelineLine | undefined): boolean {
  return (
    before?.kind === "message" &&
    after?.kind === "message" &&
    before.own === after.own &&
    before.name === after.name &&
    Math.abs(after.at - before.at) < ONE_GO &&
    dayOf(before.at) === dayOf(after.at)
  );
}

function separateDays(lines: TimelineLine[]): TimelineLine[] {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    const fresh = line.kind !== "day" && (!before || dayOf(before.at) !== dayOf(line.at));
    return fresh ? [{ kind: "day", key: `day ${line.key}`, at: line.at }, line] : [line];
  });
}

/** The day by the visitor's own calendar. */
export function dayOf(at: number): string {
  return new Date(at).toDateString();
}
