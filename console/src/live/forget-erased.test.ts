import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { queryClient, sessionQuery } from "../session/session-query.ts";
import { customersKey } from "./refresh-customers.ts";
import { chat, settle, startLiveSession } from "./testing/live-session.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  queryClient.clear();
});

test("F4: when a chat is erased, its log asks for that, and nothing typed or answered about it stays here", async () => {
  const { live, server } = startLiveSession();
  server.enter("open");
  live.logs.open(chat);
  await settle();
  live.drafts.write(chat, "half a sentence about them");
  live.drafts.write("another chat", "half a sentence");
  queryClient.setQueryData([customersKey, "somebody", "details"], { name: "Mei" });
  queryClient.setQueryData(["mails"], { text: "Hello Mei" });
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const asked = server.countOf("entries.after");
  server.tell({ type: "erased", conversations: [{ conversationId: chat, head: 9 }] });
  await vi.waitFor(() => expect(live.forgotten.snapshot()).toEqual([chat]));
  await settle();
  expect(server.countOf("entries.after")).toBeGreaterThan(asked);
  expect([live.drafts.read(chat), live.drafts.read("another chat")]).toEqual(["", "half a sentence"]);
  expect(queryClient.getQueryCache().findAll()).toMatchObject([{ queryKey: sessionQuery.queryKey }]);
});
