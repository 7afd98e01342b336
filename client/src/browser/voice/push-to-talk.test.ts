import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Hindrance, Recording, Take } from "./microphone.ts";
import { createPushToTalk, VOICE_LIMIT } from "./push-to-talk.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A microphone that opens when the test says so. */
function microphone() {
  const sent: Recording[] = [];
  const discarded: string[] = [];
  let opened = 0;
  let waiting: ((take: Take | Hindrance) => void)[] = [];
  let unplug = () => {};
  let sendable: "yes" | "no" = "yes";
  const talk = createPushToTalk({
    beginTake: () => new Promise((resolve) => waiting.push(resolve)),
    async onRecording(recording) {
      sent.push(recording);
      if (sendable === "no") throw new Error("There is no network to load by.");
    },
    now: () => Date.now(),
  });

  function take(name: string): Take {
    const lost = new Promise<void>((resolve) => {
      unplug = resolve;
    });
    return {
      level: () => 0.5,
      lost,
      finish: async () => ({ blob: new Blob([name]), milliseconds: 1 }),
      discard: () => discarded.push(name),
    };
  }

  return {
    talk,
    sent,
    discarded,
    unplug: () => unplug(),
    breakSending: () => {
      sendable = "no";
    },
    state: () => talk.snapshot(),
    async opens(instead?: Hindrance) {
      const [first] = waiting;
      waiting = waiting.slice(1);
      opened += 1;
      first?.(instead ?? take(`take ${opened}`));
      await vi.advanceTimersByTimeAsync(0);
    },
    /** Holds until the microphone is open, and so long after. */
    async hold(milliseconds: number) {
      talk.press();
      await this.opens();
      await vi.advanceTimersByTimeAsync(milliseconds);
    },
  };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe("C5: push-to-talk", () => {
  test("hold, speak, release: sent once", async () => {
    const { talk, sent, discarded, state, hold } = withHold();
    await hold(1500);
    expect(state()).toMatchObject({ kind: "recording", way: "held", away: false });
    expect(talk.elapsed()).toBe(1500);
    talk.release();
    talk.release();
    talk.send();
    await settled();
    expect(sent).toHaveLength(1);
    expect(discarded).toEqual([]);
    expect(state()).toEqual({ kind: "idle" });
  });

  test("a press under half a second explains itself and sends nothing", async () => {
    const { talk, sent, discarded, state, hold } = withHold();
    await hold(499);
    talk.release();
    await settled();
    expect(state()).toEqual({ kind: "explaining" });
    expect(sent).toEqual([]);
    expect(discarded).toEqual(["take 1"]);
    talk.cancel();
    expect(state()).toEqual({ kind: "idle" });
  });

  test("who lets go to answer the browser's question is told what to do, and the microphone is given back", async () => {
    const { talk, opens, discarded, state } = withHold();
    talk.press();
    talk.release();
    expect(state()).toMatchObject({ kind: "opening" });
    await opens();
    expect(state()).toEqual({ kind: "explaining" });
    expect(discarded).toEqual(["take 1"]);
  });

  test("slid away and let go: thrown away; slid back before: sent", async () => {
    const { talk, sent, discarded, hold } = withHold();
    await hold(2000);
    talk.slide(true);
    talk.release();
    await settled();
    expect([sent.length, discarded]).toEqual([0, ["take 1"]]);
    await hold(2000);
    talk.slide(true);
    talk.slide(false);
    talk.release();
    await settled();
    expect([sent.length, discarded]).toEqual([1, ["take 1"]]);
  });

  test("cancelled: thrown away, also while the microphone is still on its way", async () => {
    const { talk, sent, discarded, opens, state, hold } = withHold();
    await hold(3000);
    talk.cancel();
    talk.release();
    talk.press();
    talk.cancel();
    await opens();
    expect(state()).toEqual({ kind: "idle" });
    expect(sent).toEqual([]);
    expect(discarded).toEqual(["take 1", "take 2"]);
  });

  test("a press after one that was given up has a microphone of its own", async () => {
    const { talk, sent, discarded, opens } = withHold();
    talk.press();
    talk.cancel();
    talk.press();
    await opens();
    await opens();
    await vi.advanceTimersByTimeAsync(1000);
    talk.release();
    await settled();
    expect(discarded).toEqual(["take 1"]);
    expect(await sent[0]?.blob.text()).toBe("take 2");
  });

  test("after 60 seconds it ends by itself and is sent", async () => {
    const { talk, sent, state, hold } = withHold();
    await hold(VOICE_LIMIT - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(1);
    talk.release();
    await settled();
    expect([sent.length, state().kind]).toEqual([1, "idle"]);
  });

  test("the limit of a recording that was thrown away does not end the next one", async () => {
    const { talk, sent, state, hold } = withHold();
    await hold(50_000);
    talk.cancel();
    await hold(20_000);
    expect(state().kind).toBe("recording");
    expect(sent).toEqual([]);
  });

  test("without holding: begun by one press, sent by another, and letting go means nothing", async () => {
    const { talk, sent, opens, state } = withHold();
    talk.beginFree();
    talk.release();
    await opens();
    talk.release();
    talk.slide(true);
    expect(state()).toMatchObject({ kind: "recording", way: "free", away: false });
    talk.send();
    await settled();
    expect(sent).toHaveLength(1);
  });

  test("when the page loses the pointer or the microphone, what was said stays and waits for a decision", async () => {
    const { talk, sent, discarded, unplug, state, hold } = withHold();
    await hold(2000);
    talk.slide(true);
    talk.loseHold();
    expect(state()).toMatchObject({ kind: "recording", way: "free", away: false });
    unplug();
    await settled();
    expect([sent, discarded]).toEqual([[], []]);
    talk.send();
    await settled();
    expect(sent).toHaveLength(1);
  });

  test("a recording that cannot be sent says so", async () => {
    const { talk, breakSending, state, hold } = withHold();
    breakSending();
    await hold(1000);
    talk.release();
    await settled();
    expect(state()).toEqual({ kind: "hindered", why: "failed" });
  });

  test.each(["insecure", "unsupported", "refused", "no_device", "busy", "failed"] as const)(
    "what hinders it is told (%s), and the next press tries again",
    async (why) => {
      const { talk, opens, state, hold } = withHold();
      talk.press();
      await opens(why);
      expect(state()).toEqual({ kind: "hindered", why });
      talk.release();
      expect(state()).toEqual({ kind: "hindered", why });
      await hold(10);
      expect(state().kind).toBe("recording");
    },
  );
});

function withHold() {
  const made = microphone();
  return { ...made, hold: made.hold.bind(made) };
}
