import { useEffect, useLayoutEffect } from "react";
import { noteShown, watchSettling } from "../ui/keys/settling.ts";

/** Lets nothing act on a chat that came on screen by itself within the last second. */
export function useSettling(conversationId: string): void {
  useEffect(watchSettling, []);
  useLayoutEffect(() => noteShown(conversationId), [conversationId]);
  useLayoutEffect(() => () => noteShown(null), []);
}
