import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settle, startLiveSession, userId } from "../live/testing/live-session.ts";
import { ownPauseOf } from "./own-pause.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A live session of somebody, with what the server holds of their pause. */
async function start(paused: boolean) {
  const held = { paused, putBack: 0 };
  const { live, server } = startLiveSession({
    "presence.mine": () => ({ ...held }),
    "presence.noted": () => {
      held.putBack = 0;
      return {};
    },
    "presence.pause": (input) => {
      held.paused = input.paused;
      return { ...held };
    },
  });
  const own = ownPauseOf(live);
  server.enter("open");
  await settle();
  const tell = (presence: "online" | "paused" | "offline", id = userId) =>
    server.tell({ type: "presence", changes: [{ userId: id, presence }] });
  return { live, server, held, own, tell };
}

test("C11: a pause is known after a reload, and there is one for all parts of the page", async () => {
  const { live, own } = await start(true);
  expect(own.snapshot()).toBe(true);
  expect(ownPauseOf(live)).toBe(own);
});

test("C11: a pause from another device is followed, also when it was missed while the line was lost", async () => {
  const { server, held, own, tell } = await start(false);
  held.paused = true;
  tell("paused");
  await settle();
  expect(own.snapshot()).toBe(true);
  server.enter("lost");
  held.paused = false;
  server.enter("open");
  await settle();
  expect(own.snapshot()).toBe(false);
});

test("C11: news that are older than what was done here change nothing", async () => {
  const { own, tell } = await start(false);
  const changing = own.change(true);
  await settle();
  await changing;
  // The server looked before that.
  tell("online");
  expect(own.snapshot()).toBe(true);
  await settle();
  expect(own.snapshot()).toBe(true);
});

test("C11: somebody else's pause is not one's own, and another tab that closes ends none", async () => {
  const { own, tell, server } = await start(true);
  const asked = server.countOf("presence.mine");
  tell("online", "33333333-3333-4333-8333-333333333333");
  tell("offline");
  await settle();
  expect(own.snapshot()).toBe(true);
  expect(server.countOf("presence.mine")).toBe(asked);
});

test("C15: chats that went back while the user was gone are told until they have read it", async () => {
  const { server, own, held } = await start(false);
  expect(own.putBack.snapshot()).toBe(0);
  server.enter("lost");
  held.putBack = 2;
  server.enter("open");
  await settle();
  expect(own.putBack.snapshot()).toBe(2);
  own.noted();
  await settle();
  expect([own.putBack.snapshot(), held.putBack]).toEqual([0, 0]);
});
