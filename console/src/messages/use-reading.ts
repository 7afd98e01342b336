import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect } from "react";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../ui/store/use-observable.ts";

/** Marks a conversation as read up to `seq` while its window is visible, and again after a lost connection. */
export function useReading(conversationId: string, seq: number): void {
  const { readMarks, report } = useLive();
  const { state } = useObservable(report);
  const visible = useDocumentVisibility() === "visible";
  useEffect(() => {
    if (visible && state === "open" && seq > 0) {
      readMarks.see(conversationId, seq);
    }
  }, [readMarks, conversationId, seq, state, visible]);
}
