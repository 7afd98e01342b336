import type { OutgoingItem } from "@grata/client/outgoing";
import type { CustomerEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import type { ChatView } from "./chat.ts";

type MessageState =
  | { kind: "received" }
  | { kind: "sent" }
  | { kind: "sending" }
  | { kind: "failed"; failure: Failure };

/** A line of the window. `key` stays the same from the moment a message is typed until long after it is stored. */
export type TimelineLine =
  | {
      kind: "message";
      key: string;
      own: boolean;
      name: string | null;
      text: string;
      at: number;
      state: MessageState;
    }
  | { kind: "joined"; key: string; name: string | null }
  /** `final`: nothing was written since. */
  | { kind: "closed"; key: string; final: boolean };

/** Everything to be shown, in order: what is in the logs, then what is on its way. */
export function layOut(view: Pick<ChatView, "episodes" | "outgoing">): TimelineLine[] {
  const stored = view.episodes.flatMap(({ conversationId, log }) =>
    log.entries.flatMap((entry) => layOutEntry(conversationId, entry)),
  );
  const shown = new Set(stored.map((line) => line.key));
  const lines = [...stored, ...view.outgoing.filter((item) => !shown.has(item.clientId)).map(layOutItem)];
  return lines.map((line) => (line.kind === "closed" ? { ...line, final: line === lines.at(-1) } : line));
}

function layOutEntry(conversationId: string, entry: CustomerEntry): TimelineLine[] {
  const { occurrence, author } = entry;
  const key = entry.clientId ?? `${conversationId}/${entry.seq}`;
  switch (occurrence.kind) {
    case "message": {
      const own = author.kind === "customer";
      const state: MessageState = { kind: own ? "sent" : "received" };
      return [{ kind: "message", key, own, name: author.name, text: occurrence.text, at: entry.at, state }];
    }
    case "claimed":
      return [{ kind: "joined", key, name: author.name }];
    case "closed":
      return [{ kind: "closed", key, final: false }];
    case "hidden":
      return [];
  }
}

function layOutItem({ clientId, text, createdAt, state }: OutgoingItem): TimelineLine {
  return { kind: "message", key: clientId, own: true, name: null, text, at: createdAt, state };
}
