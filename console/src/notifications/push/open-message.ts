/** What the service worker asks of an open console: to go where the pop-up that was clicked leads. Null: the start. */
export interface OpenMessage {
  type: "grata.open";
  conversationId: string | null;
}

/** Whether this is one: service workers of the release before may still be at work. */
export function isOpenMessage(message: unknown): message is OpenMessage {
  if (typeof message !== "object" || message === null) return false;
  const { type, conversationId } = message as Partial<Record<keyof OpenMessage, unknown>>;
  return type === "grata.open" && (conversationId === null || typeof conversationId === "string");
}
