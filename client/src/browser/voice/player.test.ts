import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMemoryStorage } from "../../storage.ts";
import { createHeard } from "./heard.ts";
import { createVoicePlayer, type Playable, type Sound } from "./player.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A loudspeaker that says what it was told. */
function loudspeaker() {
  const target = new EventTarget();
  const sound: Sound & { src: string; paused: boolean } = {
    src: "",
    currentTime: 0,
    playbackRate: 1,
    preservesPitch: false,
    paused: true,
    addEventListener: target.addEventListener.bind(target),
    removeAttribute: () => {
      sound.src = "";
    },
    async play() {
      if (sound.src.includes("broken")) throw new Error("It cannot be played.");
      sound.paused = false;
      target.dispatchEvent(new Event("play"));
    },
    pause() {
      if (sound.paused) return;
      sound.paused = true;
      target.dispatchEvent(new Event("pause"));
    },
  };
  return {
    sound,
    end() {
      sound.paused = true;
      target.dispatchEvent(new Event("pause"));
      target.dispatchEvent(new Event("ended"));
    },
  };
}

const message = (fileId: string, own = false): Playable => ({
  fileId,
  address: `/${fileId}`,
  milliseconds: 4000,
  own,
});

function player(storage = createMemoryStorage()) {
  const { sound, end } = loudspeaker();
  const heard = createHeard(storage, "heard");
  const made = createVoicePlayer({ load: async (address) => `sound of ${address}`, heard, sound });
  return { ...made, sound, end, heard, current: () => made.snapshot().current };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe("C5: playing voice messages", () => {
  test("plays, tells where it is, pauses and goes on", async () => {
    const { toggle, sound, current } = player();
    toggle(message("a"));
    expect(current()).toMatchObject({ fileId: "a", kind: "loading", at: 0 });
    await settled();
    expect(sound.src).toBe("sound of /a");
    sound.currentTime = 1.5;
    await vi.advanceTimersByTimeAsync(150);
    expect(current()).toMatchObject({ kind: "playing", at: 1500 });
    toggle(message("a"));
    expect(current()).toMatchObject({ kind: "paused", at: 1500 });
    toggle(message("a"));
    expect(current()).toMatchObject({ kind: "playing", at: 1500 });
  });

  test("another message takes the place of the one that plays, also when that comes late", async () => {
    const { toggle, sound, current } = player();
    toggle(message("a"));
    toggle(message("b"));
    await settled();
    expect(sound.src).toBe("sound of /b");
    expect(current()).toMatchObject({ fileId: "b", kind: "playing" });
  });

  test("one speed for all messages: 1, 1.5, 2, and 1 again, at the same pitch", async () => {
    const { toggle, changeSpeed, sound, snapshot } = player();
    toggle(message("a"));
    await settled();
    changeSpeed();
    expect([sound.playbackRate, sound.preservesPitch]).toEqual([1.5, true]);
    changeSpeed();
    toggle(message("b"));
    await settled();
    expect(sound.playbackRate).toBe(2);
    changeSpeed();
    expect(snapshot().speed).toBe(1);
  });

  test("goes to a place, in a message that plays and in one that does not yet", async () => {
    const { seek, sound, current } = player();
    seek(message("a"), 2500);
    await settled();
    expect(sound.currentTime).toBe(2.5);
    seek(message("a"), 99_999);
    expect(sound.currentTime).toBe(4);
    seek(message("a"), -3);
    expect(current()).toMatchObject({ at: 0 });
  });

  test("remembers what was heard, also after a reload", async () => {
    const storage = createMemoryStorage();
    const first = player(storage);
    first.toggle(message("a"));
    await settled();
    expect(first.heard.snapshot().has("a")).toBe(true);
    expect(player(storage).heard.snapshot().has("a")).toBe(true);
    expect(player(storage).heard.snapshot().has("b")).toBe(false);
  });

  test("plays on in order to the next one that was not heard, past one's own", async () => {
    const { toggle, follow, heard, end, current } = player();
    follow(() => ["0", "a", "b", "own", "c"].map((id) => message(id, id === "own")));
    heard.note("b");
    toggle(message("a"));
    await settled();
    end();
    await settled();
    expect(current()).toMatchObject({ fileId: "c", kind: "playing" });
    end();
    await settled();
    expect(current()).toBeUndefined();
  });

  test("one that cannot be played says so, and may be tried again", async () => {
    const { toggle, current, heard } = player();
    toggle(message("broken"));
    await settled();
    expect(current()).toMatchObject({ kind: "failed" });
    expect(heard.snapshot().size).toBe(0);
    toggle(message("broken"));
    expect(current()).toMatchObject({ kind: "loading" });
  });

  test("pauses when somebody is about to speak", async () => {
    const { toggle, pause, current } = player();
    toggle(message("a"));
    await settled();
    pause();
    expect(current()).toMatchObject({ kind: "paused" });
  });

  test("leaving the page ends it", async () => {
    const { toggle, dispose, sound, current } = player();
    toggle(message("a"));
    await settled();
    dispose();
    expect([sound.paused, sound.src, current()]).toEqual([true, "", undefined]);
  });
});
