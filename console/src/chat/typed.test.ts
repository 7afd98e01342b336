import type { Line } from "@grata/client/connection";
import { createDrafts } from "@grata/client/drafts";
import { RequestFailed } from "@grata/client/failures";
import { createOutgoing } from "@grata/client/outgoing";
import { createMemoryStorage } from "@grata/client/storage";
import { expect, test, vi } from "vitest";
import { discardTyped, findTyped, restoreTyped } from "./typed.ts";

function start(line: Pick<Line, "state"> = { state: "lost" }, send = () => Promise.resolve()) {
  const storage = createMemoryStorage();
  const outgoing = createOutgoing({ line, storage, prefix: "outgoing.", send });
  return { drafts: createDrafts(storage, "draft."), outgoing };
}

test("C4, C8: nothing was written where there is neither a draft nor an unsent message", () => {
  const live = start();
  live.drafts.write("chat", "  \n");
  live.drafts.write("other", "hello");
  live.outgoing.add("other", "hello");
  expect(findTyped(live, "chat")).toBeNull();
});

test("C4, C8: a draft and an unsent message are found", () => {
  const live = start();
  live.drafts.write("chat", "half a sentence");
  live.outgoing.add("chat", "a whole one");
  expect(findTyped(live, "chat")).toMatchObject({
    draft: "half a sentence",
    unsent: [{ text: "a whole one" }],
  });
});

test("C4, C8: what is discarded is found no more", () => {
  const live = start();
  live.drafts.write("chat", "half a sentence");
  discardTyped(live, "chat");
  expect(findTyped(live, "chat")).toBeNull();
});

test("C8: undo makes all discarded words a draft again and sends nothing by itself", async () => {
  const refusal = new RequestFailed({ code: "conversation_closed", message: "Closed." });
  const live = start({ state: "open" }, () => Promise.reject(refusal));
  live.outgoing.add("chat", "a whole one");
  live.drafts.write("chat", "half a sentence");
  await vi.waitFor(() => expect(live.outgoing.snapshot()[0]?.state.kind).toBe("failed"));
  const typed = discardTyped(live, "chat");
  expect(findTyped(live, "chat")).toBeNull();
  restoreTyped(live, "chat", typed);
  expect(live.drafts.read("chat")).toBe("a whole one\n\nhalf a sentence");
  expect(live.outgoing.snapshot()).toEqual([]);
  restoreTyped(live, "chat", { draft: "older", unsent: [] });
  expect(live.drafts.read("chat")).toBe("a whole one\n\nhalf a sentence");
});

test("C8: a message that is under way is no draft besides", () => {
  const live = start();
  live.outgoing.add("chat", "a whole one");
  restoreTyped(live, "chat", discardTyped(live, "chat"));
  expect(live.drafts.read("chat")).toBe("");
  expect(live.outgoing.snapshot()).toHaveLength(1);
});
