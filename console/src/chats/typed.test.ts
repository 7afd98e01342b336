import { createDrafts } from "@grata/client/drafts";
import { createOutgoing } from "@grata/client/outgoing";
import { createMemoryStorage } from "@grata/client/storage";
import { expect, test } from "vitest";
import { discardTyped, findTyped } from "./typed.ts";

function start() {
  const storage = createMemoryStorage();
  const outgoing = createOutgoing({
    line: { state: "lost" },
    storage,
    prefix: "outgoing.",
    send: () => Promise.resolve(),
  });
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
