import type { HistoryQuery } from "@grata/contract/history";
import { startOfDate } from "../ui/time/start-of-date.ts";

const identifier = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const date = /^\d{4}-\d\d-\d\d$/;

/** What of history is on screen: it stands in the address. Days are days of the reader. */
export interface HistorySearch {
  text?: string;
  customerId?: string;
  userId?: string;
  channelId?: string;
  tagId?: string;
  from?: string;
  /** The last day, that day included. */
  until?: string;
  /** The chat that is read beside the list, and the message that was looked for in it. */
  chat?: string;
  seq?: number;
}

/** What is to be on screen, said of what is by then: a search and a click may come at the same moment. */
export type HistoryStep = (before: HistorySearch) => HistorySearch;

/** Reads the address of history; what does not belong there is left out. */
export function readHistorySearch(address: Record<string, unknown>): HistorySearch {
  const { text, customerId, userId, channelId, tagId, from, until, chat, seq } = address;
  return {
    // An address of digits alone is read as a number.
    ...((typeof text === "string" || typeof text === "number") && text !== "" && { text: String(text) }),
    ...(matches(customerId, identifier) && { customerId }),
    ...(matches(userId, identifier) && { userId }),
    ...(matches(channelId, identifier) && { channelId }),
    ...(matches(tagId, identifier) && { tagId }),
    ...(matches(from, date) && { from }),
    ...(matches(until, date) && { until }),
    ...(matches(chat, identifier) && { chat }),
    ...(typeof seq === "number" && Number.isInteger(seq) && seq > 0 && { seq }),
  };
}

/** What is asked of the server, but for the words. */
export function queryOf(
  { customerId, userId, channelId, tagId, from, until }: HistorySearch,
  timeZone: string,
): HistoryQuery {
  return {
    ...(customerId && { customerId }),
    ...(userId && { userId }),
    ...(channelId && { channelId }),
    ...(tagId && { tagId }),
    ...(from && { from: String(startOfDate(from, 0, timeZone)) }),
    ...(until && { to: String(startOfDate(until, 1, timeZone)) }),
  };
}

function matches(value: unknown, shape: RegExp): value is string {
  return typeof value === "string" && shape.test(value);
}
