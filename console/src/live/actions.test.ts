import { createFakeLine } from "@grata/client/testing/fake-line";
import { createCurrentList } from "@grata/client/versioned-list";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createActions } from "./actions.ts";
import { createCurrentChats } from "./current-chats.ts";
import { currentChat, message } from "./testing/samples.ts";

function start() {
  const line = createFakeLine(({ type }) => {
    switch (type) {
      case "current.list":
        return { version: 1, conversations: [] };
      case "conversation.claim":
      case "conversation.claimNext":
        return { conversation: currentChat("claimed") };
      default:
        return {};
    }
  });
  const current = createCurrentChats(createCurrentList(line));
  return { line, current, actions: createActions(line, current) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ["claimed by name", "claim", "claimed"],
  ["claimed as the next one", "claimNext", "longest"],
] as const)(
  "C3, C8: a chat that was %s is among the current ones when the answer is there",
  async (_, name, wish) => {
    const { current, actions } = start();
    const claimed = name === "claim" ? actions.claim(wish) : actions.claimNext(wish);
    await vi.advanceTimersByTimeAsync(20);
    expect((await claimed).id).toBe("claimed");
    expect(current.snapshot().items.map(({ id }) => id)).toEqual(["claimed"]);
  },
);

test("C3, C8: a chat is being closed from the click to the answer", async () => {
  const { actions } = start();
  const closed = actions.close("chat");
  expect(actions.isClosing("chat")).toBe(true);
  await vi.advanceTimersByTimeAsync(20);
  await closed;
  expect(actions.isClosing("chat")).toBe(false);
});

test("C8: closing a chat tells how far it was shown here, as long as it is one of the agent's own", async () => {
  const { line, current, actions } = start();
  await vi.advanceTimersByTimeAsync(20);
  current.expect(currentChat("chat", { head: 1 }));
  current.take("chat", [message(2)]);
  const closed = Promise.all([actions.close("chat"), actions.close("elsewhere")]);
  await vi.advanceTimersByTimeAsync(20);
  await closed;
  expect(line.asked.slice(1).map(({ input }) => input)).toEqual([
    { conversationId: "chat", seen: 2 },
    { conversationId: "elsewhere" },
  ]);
});

test("C3, C8: a chat whose closing failed is not being closed any more", async () => {
  const { line, actions } = start();
  const closed = expect(actions.close("chat")).rejects.toThrow();
  line.drop();
  await closed;
  expect(actions.isClosing("chat")).toBe(false);
});
