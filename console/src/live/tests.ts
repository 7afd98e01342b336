import type { Observable } from "@grata/client/store";
import type { ListSnapshot, VersionedList } from "@grata/client/versioned-list";
import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";

/** One who waits; `test`: the user themselves, who tests their console. */
export type WaitingChat = WaitingConversation & { test?: boolean };

export type WaitingChats = Observable<ListSnapshot<WaitingChat>> & { resync(): void };

type Current = Pick<VersionedList<CurrentConversation>, "snapshot" | "subscribe" | "resync">;

const isWaiting = ({ status }: CurrentConversation) => status === "waiting";

/**
 * A test of the console waits in its tester's own list, so that nobody else's is touched by it. Here it is put where
 * the tester looks for it: among those who wait, and not among the chats that they serve.
 */
export function createWaitingChats(
  waiting: VersionedList<WaitingConversation>,
  current: Current,
): WaitingChats {
  const read = derived(
    () => [waiting.snapshot(), current.snapshot()] as const,
    ([listed, own]): ListSnapshot<WaitingChat> => {
      const tests = own.items.filter(isWaiting).map(asWaiting);
      if (tests.length === 0) return listed;
      const items = [...listed.items, ...tests].sort((left, right) => left.waitingSince - right.waitingSince);
      return { ...listed, items, total: listed.total + tests.length };
    },
  );
  return {
    snapshot: read,
    subscribe(listener) {
      const ends = [waiting.subscribe(listener), current.subscribe(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    resync: waiting.resync,
  };
}

/** The user's own list without what waits in it. */
export function servedOf(current: Current): Current {
  const read = derived(
    () => [current.snapshot()] as const,
    ([listed]) => {
      const items = listed.items.filter((chat) => !isWaiting(chat));
      return items.length === listed.items.length ? listed : { ...listed, items, total: items.length };
    },
  );
  return { snapshot: read, subscribe: current.subscribe, resync: current.resync };
}

function asWaiting({
  id,
  customer,
  channel,
  last,
  source,
  unansweredSince,
}: CurrentConversation): WaitingChat {
  const waitingSince = unansweredSince ?? last.at;
  return { id, customer, channel, waitingSince, first: last, last, source, test: true };
}

/** The same object as long as nothing that it is made of has changed. */
function derived<From extends readonly unknown[], To>(from: () => From, make: (from: From) => To): () => To {
  let before: From | undefined;
  let made: To | undefined;
  return () => {
    const now = from();
    if (made === undefined || before?.some((part, index) => part !== now[index])) made = make(now);
    before = now;
    return made;
  };
}
