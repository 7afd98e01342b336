import type { Observable } from "@grata/client/store";
import type { ListSnapshot } from "@grata/client/versioned-list";
import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";
import type { Told } from "../../live/receive-news.ts";

/** What an agent must not miss. */
export type Happening =
  /** A customer joined the wait list; who, unless the list is so long that its end is not here. */
  | { kind: "waiting"; customer: WaitingConversation | undefined }
  /** The customer of one of the agent's own chats wrote. */
  | { kind: "message"; chat: CurrentConversation }
  /** A colleague handed a chat to the agent, or mentions them. */
  | { kind: "told"; told: Told };

interface Lists {
  waiting: Observable<ListSnapshot<WaitingConversation>>;
  current: Observable<ListSnapshot<CurrentConversation>>;
  told: Observable<Told | null>;
}

/**
 * Tells of each happening once, until the returned disposer is called. What was there when the lists were first loaded
 * is no happening; what came while the line was lost is one, as soon as the lists tell of it.
 */
export function watchHappenings(
  { waiting, current, told }: Lists,
  tell: (happening: Happening) => void,
): () => void {
  const stopWaiting = watch(waiting, (before, now) => {
    // The end of a long list comes into sight when its front is served: only who joined later is new.
    const newest = Math.max(0, ...before.items.map((item) => item.waitingSince));
    const known = new Set(before.items.map(({ id }) => id));
    const joined =
      before.more === "after"
        ? []
        : now.items.filter((item) => !known.has(item.id) && item.waitingSince >= newest);
    for (const customer of joined) tell({ kind: "waiting", customer });
    if (joined.length === 0 && now.total > before.total) tell({ kind: "waiting", customer: undefined });
  });
  const stopCurrent = watch(current, (before, now) => {
    const known = new Map(before.items.map((chat) => [chat.id, chat]));
    for (const chat of now.items) {
      const former = known.get(chat.id);
      if (former && hasWritten(former, chat)) tell({ kind: "message", chat });
    }
  });
  const stopTold = told.subscribe(() => {
    const news = told.snapshot();
    if (news !== null) tell({ kind: "told", told: news });
  });
  return () => {
    stopTold();
    stopWaiting();
    stopCurrent();
  };
}

/** A claim or a close makes a log longer too; only a new last word of the customer counts. */
function hasWritten(before: CurrentConversation, { head, last }: CurrentConversation): boolean {
  const isNew = last.at !== before.last.at || last.text !== before.last.text;
  return head > before.head && isNew && last.author === "customer";
}

function watch<Item>(
  list: Observable<ListSnapshot<Item>>,
  compare: (before: ListSnapshot<Item>, now: ListSnapshot<Item>) => void,
): () => void {
  let before = list.snapshot();
  return list.subscribe(() => {
    const now = list.snapshot();
    if (before.state.kind === "ready" && now.state.kind === "ready") compare(before, now);
    before = now;
  });
}
