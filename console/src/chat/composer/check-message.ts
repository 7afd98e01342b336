import { messageLimit, messageText } from "@grata/contract/text";

/** What the composer thinks of a text before it is sent. */
export type MessageCheck =
  | { kind: "empty" }
  | { kind: "sendable"; remaining: number }
  | { kind: "too_long"; length: number; limit: number }
  | { kind: "not_text" };

/** Judges a text as the server and its channel will, so that a mistake is told before it is sent. */
export function checkMessage(text: string, channelLimit: number | null): MessageCheck {
  if (text.trim() === "") {
    return { kind: "empty" };
  }
  const limit = Math.min(messageLimit, channelLimit ?? messageLimit);
  if (text.length > limit) {
    return { kind: "too_long", length: text.length, limit };
  }
  return messageText.safeParse(text).success
    ? { kind: "sendable", remaining: limit - text.length }
    : { kind: "not_text" };
}
