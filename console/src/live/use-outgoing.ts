import type { OutgoingItem } from "@grata/client/outgoing";
import { useMemo } from "react";
import { useObservable } from "../ui/store/use-observable.ts";
import { useLive } from "./live-provider.tsx";

/** What was sent into a conversation and is not in its log yet, in the order in which it was typed. */
export function useOutgoing(conversationId: string): readonly OutgoingItem[] {
  const items = useObservable(useLive().outgoing);
  return useMemo(() => items.filter((item) => item.lane === conversationId), [items, conversationId]);
}
