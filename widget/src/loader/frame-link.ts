import type { FrameMessage, PageMessage } from "@grata/contract/embedding";
import { safely } from "./safely.ts";

/** `Omit` of each member of a union. */
type Unsigned<Message> = Message extends unknown ? Omit<Message, "source"> : never;

export type FrameLink = { send(message: Unsigned<PageMessage>): void };

/** Talks with the chat window in `frame`, and with nobody else: whatever another window posts is ignored. */
export function linkFrame(
  frame: HTMLIFrameElement,
  origin: string,
  receive: (message: FrameMessage) => void,
): FrameLink {
  const listen = safely((event: MessageEvent<unknown>) => {
    if (event.origin === origin && event.source === frame.contentWindow && isFrameMessage(event.data)) {
      receive(event.data);
    }
  });
  addEventListener("message", listen);
  return {
    send: (message) => frame.contentWindow?.postMessage({ source: "grata", ...message }, origin),
  };
}

/** The contract's `frameMessage` by hand: its schema would make the loader ten times as long. */
export function isFrameMessage(data: unknown): data is FrameMessage {
  if (typeof data !== "object" || data === null) {
    return false;
  }
  const message = data as Record<"source" | "type" | "count" | "token" | "code" | "message", unknown>;
  if (message.source !== "grata") {
    return false;
  }
  switch (message.type) {
    case "ready":
    case "close":
    case "where":
      return true;
    case "unread":
      return Number.isSafeInteger(message.count);
    case "token":
      return isTextOrNull(message.token);
    case "identified":
      return isTextOrNull(message.code) && typeof message.message === "string";
    default:
      return false;
  }
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}
