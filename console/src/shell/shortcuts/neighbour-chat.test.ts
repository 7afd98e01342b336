import { expect, test } from "vitest";
import { neighbourChat } from "./neighbour-chat.ts";

const ids = ["a", "b", "c"];

test("C10: the next and the previous chat go around the ends", () => {
  expect(neighbourChat(ids, "a", 1)).toBe("b");
  expect(neighbourChat(ids, "c", 1)).toBe("a");
  expect(neighbourChat(ids, "a", -1)).toBe("c");
  expect(neighbourChat(["a"], "a", 1)).toBe("a");
});

test("C10: without a chat on screen they begin at the ends, and without any they lead nowhere", () => {
  expect(neighbourChat(ids, undefined, 1)).toBe("a");
  expect(neighbourChat(ids, undefined, -1)).toBe("c");
  expect(neighbourChat(ids, "gone", 1)).toBe("a");
  expect(neighbourChat([], "a", 1)).toBeUndefined();
  expect(neighbourChat([], undefined, -1)).toBeUndefined();
});
