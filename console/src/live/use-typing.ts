import { useSyncExternalStore } from "react";
import { useLive } from "./live-provider.tsx";

/** Whether the customer of this chat is writing; renders again only when that changes. */
export function useTyping(conversationId: string): boolean {
  const { typing } = useLive();
  return useSyncExternalStore(typing.subscribe, () => typing.snapshot().has(conversationId));
}
