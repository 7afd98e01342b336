import { createStore, type Observable } from "@grata/client/store";
import type { ListSnapshot, VersionedList } from "@grata/client/versioned-list";
import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";

/** One who waits; `test`: the user themselves, who tests their console. */
export type WaitingChat = WaitingConversation & { test?: boolean };

type Listed<Item> = Observable<ListSnapshot<Item>> & { resync(): void };
export type WaitingChats = Listed<WaitingChat>;

const isWaiting = ({ status }: CurrentConversation) => status === "waiting";

/**
 * A test of the console waits in its tester's own list, so that nobody else's is touched by it. Here it is put where
 * the tester looks for it: among those who wait, and not among the chats that they serve. Lives as long as the lists.
 */
export function partTests(
  waiting: VersionedList<WaitingConversation>,
  current: VersionedList<CurrentConversation>,
): { waits: WaitingChats; served: Listed<CurrentConversation> } {
  function waits(): ListSnapshot<WaitingChat> {
    const listed = waiting.snapshot();
    const tests = current
      .snapshot()
      .items.filter(isWaiting)
      .map((chat) => ({ ...chat, waitingSince: chat.unansweredSince ?? chat.last.at, first: chat.last }));
    if (tests.length === 0) return listed;
    const items = [...listed.items, ...tests].sort((left, right) => left.waitingSince - right.waitingSince);
    return { ...listed, items, total: listed.total + tests.length };
  }
  function served(): ListSnapshot<CurrentConversation> {
    const listed = current.snapshot();
    const items = listed.items.filter((chat) => !isWaiting(chat));
    return { ...listed, items, total: items.length };
  }
  const all = createStore(waits());
  const own = createStore(served());
  function look(): void {
    const next = waits();
    if (next !== all.snapshot()) all.set(next);
  }
  waiting.subscribe(look);
  current.subscribe(() => {
    own.set(served());
    look();
  });
  return { waits: { ...all, resync: waiting.resync }, served: { ...own, resync: current.resync } };
}
