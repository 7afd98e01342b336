import type { TeamEntry } from "@grata/contract/entries";
import { createFakeLine, type FakeLine } from "./fake-line.ts";

export function teamEntry(seq: number): TeamEntry {
  return {
    seq,
    occurrence: { kind: "message", text: `message ${seq}` },
    author: { kind: "customer", name: null, userId: null },
    audience: "everybody",
    delivery: "none",
    clientId: null,
    at: 1_700_000_000_000 + seq,
  };
}

export function teamEntries(from: number, to: number): TeamEntry[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => teamEntry(from + index));
}

export type StoredLog = { line: FakeLine; head: number; fail: (() => Error) | undefined };

/** A conversation as the server has it, which answers "after n" and "before n". */
export function createStoredLog(head: number): StoredLog {
  const stored: StoredLog = {
    head,
    fail: undefined,
    line: createFakeLine(({ type, input }) => {
      if (stored.fail) {
        throw stored.fail();
      }
      const { limit = 100 } = input as { limit?: number };
      if (type === "entries.after") {
        const { after } = input as { after: number };
        return {
          head: stored.head,
          entries: teamEntries(after + 1, Math.min(stored.head, after + limit)),
        };
      }
      const to = Math.min(stored.head, (input as { before: number }).before - 1);
      return { head: stored.head, entries: teamEntries(Math.max(1, to - limit + 1), to) };
    }),
  };
  return stored;
}
