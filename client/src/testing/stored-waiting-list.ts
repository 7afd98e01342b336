import type { WaitingConversation } from "@grata/contract/conversations";
import type { Step } from "../versioned-list.ts";
import { createFakeLine, type FakeLine } from "./fake-line.ts";

export function waiting(number: number, waitingSince = number): WaitingConversation {
  const excerpt = { text: `message ${number}`, author: "customer", at: waitingSince } as const;
  return {
    id: `conversation-${String(number).padStart(4, "0")}`,
    customer: { id: `customer-${number}`, name: null, reference: "AB12", email: null, identified: false },
    channel: { id: "channel", kind: "webchat", name: "Shop" },
    waitingSince,
    first: excerpt,
    last: excerpt,
    source: { page: null, referrer: null },
  };
}

export type StoredWaitingList = {
  line: FakeLine;
  ids(): string[];
  /** Each returns the step that tells of it. */
  add(number: number): Step<WaitingConversation>;
  removeFirst(): Step<WaitingConversation>;
  version: number;
};

/** A wait list as the server has it, of which it sends the first `limit` lines. */
export function createStoredWaitingList(limit = 1_000): StoredWaitingList {
  const conversations = new Map<string, WaitingConversation>();
  const line = createFakeLine(() => ({
    version: stored.version,
    total: conversations.size,
    conversations: [...conversations.values()].slice(0, limit),
  }));
  function step(changed: WaitingConversation[], removed: string[]): Step<WaitingConversation> {
    stored.version += 1;
    return { version: stored.version, total: conversations.size, changed, removed };
  }
  const stored: StoredWaitingList = {
    line,
    version: 0,
    ids: () => [...conversations.keys()],
    add(number) {
      const conversation = waiting(number);
      conversations.set(conversation.id, conversation);
      return step([conversation], []);
    },
    removeFirst() {
      const [first] = conversations.keys();
      conversations.delete(first ?? "");
      return step([], first ? [first] : []);
    },
  };
  return stored;
}
