import { messageLimit, messageText } from "@grata/contract/text";

/** What the composer thinks of a text before it is sent. */
export type MessageCheck =
  | { kind: "empty" }
  | { kind: "sendable"; remaining: number }
  | { kind: "too_long"; length: number }
  | { kind: "not_text" };

/** Judges a text as the server will, so that a mistake is told before it is sent. */
export function checkMessage(text: string): MessageCheck {
  if (text.trim() === "") {
    return { kind: "empty" };
  }
  if (text.length > messageLimit) {
    return { kind: "too_long", length: text.length };
  }
  return messageText.safeParse(text).success
    ? { kind: "sendable", remaining: messageLimit - text.length }
    : { kind: "not_text" };
}
