import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { ConnectionState } from "./connection.ts";
import { ConnectionLost, RequestFailed } from "./failures.ts";
import { createOutgoing } from "./outgoing.ts";
import { createMemoryStorage } from "./storage.ts";
import { after } from "./timers.ts";

const happening = fc.oneof(
  { weight: 4, arbitrary: fc.constant("typed" as const) },
  { weight: 2, arbitrary: fc.constant("acknowledgement lost" as const) },
  { weight: 1, arbitrary: fc.constant("server busy" as const) },
  { weight: 1, arbitrary: fc.constant("dropped" as const) },
  { weight: 2, arbitrary: fc.constant("opened" as const) },
  { weight: 1, arbitrary: fc.constant("reloaded" as const) },
  { weight: 3, arbitrary: fc.constant("time passed" as const) },
);

test("C4 through lost answers, reconnects and reloads, what was typed is stored once and in order", async () => {
  vi.useFakeTimers();
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 80 }), async (happenings) => {
      const storage = createMemoryStorage();
      const stored = new Map<string, string>();
      const typed: string[] = [];
      let answers: "lost" | "busy" | "good" = "good";
      let line: { state: ConnectionState } = { state: "open" };
      let reject = new Set<() => void>();
      let outgoing = openPage();

      function openPage() {
        const own = line;
        const pending = reject;
        return createOutgoing({
          line: own,
          storage,
          prefix: "test.",
          send: (item) =>
            new Promise<void>((resolve, fail) => {
              if (answers === "busy") {
                answers = "good";
                fail(new RequestFailed({ code: "conversation_busy", message: "Busy." }));
                return;
              }
              stored.set(item.clientId, item.text);
              const lose = () => fail(new ConnectionLost("disconnected"));
              pending.add(lose);
              if (answers === "lost") {
                answers = "good";
              } else {
                after(5, resolve);
              }
            }),
        });
      }

      function drop(): void {
        line.state = "lost";
        for (const lose of reject) {
          lose();
        }
        reject.clear();
      }

      for (const event of happenings) {
        switch (event) {
          case "typed":
            typed.push(`text ${typed.length}`);
            outgoing.add("lane", typed.at(-1) ?? "");
            break;
          case "acknowledgement lost":
            answers = "lost";
            break;
          case "server busy":
            answers = "busy";
            break;
          case "dropped":
            drop();
            break;
          case "opened":
            line.state = "open";
            outgoing.resume();
            break;
          case "reloaded":
            outgoing.dispose();
            line = { state: "connecting" };
            reject = new Set();
            outgoing = openPage();
            break;
          case "time passed":
            await vi.advanceTimersByTimeAsync(20);
            break;
        }
      }

      drop();
      await vi.advanceTimersByTimeAsync(0);
      answers = "good";
      line.state = "open";
      outgoing.resume();
      await vi.advanceTimersByTimeAsync(120_000);
      expect([...stored.values()]).toEqual(typed);
      expect(storage.length).toBe(0);
      outgoing.dispose();
    }),
    { seed: 20_261_121, numRuns: 300 },
  );
  vi.useRealTimers();
});
