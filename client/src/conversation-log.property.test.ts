import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { createConversationLog, isTeamEntry } from "./conversation-log.ts";
import { createStoredLog, teamEntries } from "./testing/stored-log.ts";

/** What may happen between a server and a client; numbers are picked modulo what exists at that moment. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("stored" as const), count: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    kind: fc.constant("delivered" as const),
    from: fc.nat(),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ kind: fc.constant("head" as const) }),
  fc.record({ kind: fc.constant("dropped" as const) }),
  fc.record({ kind: fc.constant("reconnected" as const) }),
  fc.record({ kind: fc.constant("older" as const) }),
  fc.record({ kind: fc.constant("passed" as const), milliseconds: fc.integer({ min: 1, max: 80 }) }),
);

test("C4 however entries arrive - early, twice, lost, across reconnects - the log ends complete, in order, once", async () => {
  vi.useFakeTimers();
  await fc.assert(
    fc.asyncProperty(fc.nat(120), fc.array(happening, { maxLength: 60 }), async (head, happenings) => {
      const stored = createStoredLog(head);
      const { line } = stored;
      const log = createConversationLog({ conversationId: "any", line, accepts: isTeamEntry });
      const seqs = () => log.snapshot().entries.map((entry) => entry.seq);

      for (const event of happenings) {
        switch (event.kind) {
          case "stored":
            stored.head += event.count;
            break;
          case "delivered": {
            const from = 1 + (event.from % Math.max(1, stored.head));
            log.apply(teamEntries(from, Math.min(stored.head, from + event.count)).reverse());
            break;
          }
          case "head":
            log.noteHead(stored.head);
            break;
          case "dropped":
            line.drop();
            break;
          case "reconnected":
            line.state = "open";
            log.resync();
            break;
          case "older":
            void log.loadOlder();
            break;
          case "passed":
            await vi.advanceTimersByTimeAsync(event.milliseconds);
            break;
        }
        const shown = seqs();
        expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index));
      }

      line.state = "open";
      log.resync();
      await vi.advanceTimersByTimeAsync(60_000);
      while (log.snapshot().older !== "none") {
        void log.loadOlder();
        await vi.advanceTimersByTimeAsync(20);
      }
      expect(seqs()).toEqual(teamEntries(1, stored.head).map((entry) => entry.seq));
      log.dispose();
    }),
    { seed: 20_261_121, numRuns: 300 },
  );
  vi.useRealTimers();
});
