import { createMemoryStorage } from "@grata/client/storage";
import { vi } from "vitest";
import { openLiveSession } from "../live-session.ts";
import { createFakeServer } from "./fake-server.ts";
import { currentChat, message, waitingChat } from "./samples.ts";

export const chat = "11111111-1111-4111-8111-111111111111";
export const userId = "22222222-2222-4222-8222-222222222222";

/** A live session whose server has one chat of the agent and one that waits; `answers` replace the server's own. */
export function startLiveSession(
  answers: Parameters<typeof createFakeServer>[0] = {},
  storage = createMemoryStorage(),
) {
  const entries = [message(1)];
  const server = createFakeServer({
    "waiting.list": () => ({ version: 1, total: 1, conversations: [waitingChat("waiting")] }),
    "current.list": () => ({ version: 1, conversations: [currentChat(chat, { head: entries.length })] }),
    "entries.before": () => ({ head: entries.length, entries: [...entries] }),
    "entries.after": ({ after }) => ({ head: entries.length, entries: entries.slice(after) }),
    "message.send": ({ clientId, text }) => {
      const author = { kind: "user", name: "Mei", userId } as const;
      const occurrence = { kind: "message", text } as const;
      const entry = message(entries.length + 1, { clientId, author, occurrence });
      entries.push(entry);
      return { seq: entry.seq, at: entry.at, entry };
    },
    ...answers,
  });
  const onEnded = vi.fn();
  const onFactorOwed = vi.fn();
  const onCustomers = vi.fn();
  const user = { id: userId, name: "Mei" };
  const live = openLiveSession({
    user,
    language: "zh-Hant",
    storage,
    connect: server.connect,
    onEnded,
    onFactorOwed,
    onCustomers,
  });
  return { live, server, onEnded, onFactorOwed, onCustomers, storage, entries };
}

/** Lets answers arrive and short pauses pass. */
export const settle = () => vi.advanceTimersByTimeAsync(200);
