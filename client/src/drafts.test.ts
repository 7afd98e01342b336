import { expect, test } from "vitest";
import { createDrafts } from "./drafts.ts";
import { createMemoryStorage } from "./storage.ts";

test("C4 a draft survives a reload, in its own conversation, and is gone when it is emptied", () => {
  const storage = createMemoryStorage();
  createDrafts(storage, "draft.").write("ada", "half a sen");
  const drafts = createDrafts(storage, "draft.");
  expect(drafts.read("ada")).toBe("half a sen");
  expect(drafts.read("bob")).toBe("");
  drafts.write("ada", "");
  expect(storage.length).toBe(0);
});
