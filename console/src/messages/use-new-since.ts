import type { CurrentConversation } from "@grata/contract/conversations";
import { useDocumentVisibility } from "@mantine/hooks";
import { useState } from "react";

/**
 * After which number the messages were new to the agent when they came to look: when they opened the chat, or came
 * back to its window. Null when there were none. It stays while they look, so that the line does not run away.
 */
export function useNewSince(conversation: CurrentConversation, last: number): number | null {
  const visible = useDocumentVisibility() === "visible";
  const [since, setSince] = useState(conversation.unread > 0 ? conversation.read : null);
  const [leftAt, setLeftAt] = useState<number | null>(null);
  if (!visible && leftAt === null) {
    setLeftAt(last);
  }
  if (visible && leftAt !== null) {
    setLeftAt(null);
    setSince(last > leftAt ? leftAt : null);
  }
  return visible ? since : null;
}
