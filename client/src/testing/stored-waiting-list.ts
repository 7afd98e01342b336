import type { ChannelCapabilities } from "@grata/contract/channels";
import type { WaitingConversation } from "@grata/contract/conversations";
import type { WaitOrder } from "@grata/contract/realtime";
import type { Step } from "../versioned-list.ts";
import { type Asked, createFakeLine, type FakeLine } from "./fake-line.ts";

const capabilities: ChannelCapabilities = {
  reply: "fetch",
  files: ["image", "file"],
  voice: true,
  textLimit: null,
  replyWindow: null,
  answersByMail: true,
  identities: "webchat",
};

export function waiting(number: number, waitingSince = number): WaitingConversation {
  const excerpt = { text: `message ${number}`, author: "customer", at: waitingSince } as const;
  return {
    id: `conversation-${String(number).padStart(4, "0")}`,
    customer: { id: `customer-${number}`, name: null, reference: "AB12", email: null, identified: false },
    channel: { id: "channel", kind: "webchat", name: "Shop", capabilities },
    waitingSince,
    first: excerpt,
    last: excerpt,
    source: { page: null, referrer: null },
  };
}

export type StoredWaitingList = {
  line: FakeLine;
  /** The answer of the line. */
  answer(asked: Asked): object;
  /** All of them, longest waiting first. */
  ids(): string[];
  /** Each returns the step that tells of it. */
  add(number: number, waitingSince?: number): Step<WaitingConversation>;
  removeFirst(): Step<WaitingConversation>;
  removeLast(): Step<WaitingConversation>;
  version: number;
};

/** A wait list as the server has it, of which it sends `limit` lines, from the end that it is asked for. */
export function createStoredWaitingList(limit = 1_000): StoredWaitingList {
  let conversations: readonly WaitingConversation[] = [];
  const answer = ({ input }: Asked) => {
    const { order } = input as { order?: WaitOrder };
    return {
      version: stored.version,
      total: conversations.length,
      order,
      conversations:
        order === "newest" ? conversations.slice(-limit).toReversed() : conversations.slice(0, limit),
    };
  };
  function step(changed: WaitingConversation[], removed: string[]): Step<WaitingConversation> {
    stored.version += 1;
    return { version: stored.version, total: conversations.length, changed, removed };
  }
  function remove(index: number): Step<WaitingConversation> {
    const gone = conversations.at(index);
    conversations = conversations.filter((conversation) => conversation !== gone);
    return step([], gone ? [gone.id] : []);
  }
  const stored: StoredWaitingList = {
    line: createFakeLine(answer),
    answer,
    version: 0,
    ids: () => conversations.map(({ id }) => id),
    add(number, waitingSince) {
      const conversation = waiting(number, waitingSince);
      conversations = [...conversations, conversation].toSorted(
        (left, right) => left.waitingSince - right.waitingSince || (left.id < right.id ? -1 : 1),
      );
      return step([conversation], []);
    },
    removeFirst: () => remove(0),
    removeLast: () => remove(-1),
  };
  return stored;
}
