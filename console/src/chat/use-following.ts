import type { CurrentConversation } from "@grata/contract/conversations";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useLive } from "../live/live-provider.tsx";
import { replaceShown, settle } from "../ui/keys/settling.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { nextAfter } from "./next-after.ts";
import { findTyped } from "./typed.ts";

/** Goes on to the next chat when the one on screen leaves the list, unless words were left behind in it. */
export function useFollowing(conversationId: string): void {
  const live = useLive();
  const navigate = useNavigate();
  const { items, state } = useObservable(live.current);
  const before = useRef<readonly CurrentConversation[]>([]);
  useEffect(() => {
    if (state.kind !== "ready") {
      return;
    }
    const earlier = before.current.map(({ id }) => id);
    const now = items.map(({ id }) => id);
    before.current = items;
    const left = earlier.includes(conversationId) && !now.includes(conversationId);
    // Who closes a chat here has been asked about what they wrote in it.
    const stays = findTyped(live, conversationId) !== null && !live.actions.isClosing(conversationId);
    if (!left) {
      return;
    }
    if (stays) {
      // The leftover draft takes the chat's place, with a button to discard it.
      settle();
      return;
    }
    const next = nextAfter(earlier, now, conversationId);
    if (next === null) {
      void navigate({ to: "/console", replace: true });
    } else {
      replaceShown(next);
      void navigate({
        to: "/console/chats/$conversationId",
        params: { conversationId: next },
        replace: true,
      });
    }
  }, [items, state, conversationId, live, navigate]);
}
