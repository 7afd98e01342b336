/** Push-to-talk as what it is at each moment, and what each thing that happens makes of it. No browser in here. */
import type { Hindrance } from "./microphone.ts";

/** `held`: the button or the key is kept down. `free`: it goes on by itself, for whoever cannot or need not hold. */
export type Way = "held" | "free";

export type Talk =
  | { kind: "idle" }
  /** The browser looks for a microphone, and asks for it the first time. */
  | { kind: "opening"; way: Way; released: boolean }
  /** `away`: the pointer was slid off the button, and letting go throws the recording away. */
  | { kind: "recording"; way: Way; since: number; away: boolean }
  /** It was pressed and let go at once: what there is to do is said. */
  | { kind: "explaining" }
  | { kind: "hindered"; why: Hindrance };

export type Happening =
  | { kind: "pressed" }
  /** Somebody wants to record without holding. */
  | { kind: "begun_free" }
  | { kind: "opened"; at: number }
  | { kind: "hindered"; why: Hindrance }
  | { kind: "slid"; away: boolean }
  | { kind: "released"; at: number }
  /** The page has lost the pointer or the key: whether it is still held cannot be known. */
  | { kind: "lost_hold" }
  | { kind: "sent" }
  | { kind: "reached_limit" }
  | { kind: "cancelled" };

/** What is to be done with the microphone. */
export type Order = "none" | "open" | "send" | "discard";

/** A press shorter than this is no message: nobody says anything in it. */
export const SHORTEST_MILLISECONDS = 500;

type Step = { talk: Talk; order: Order };

const idle: Talk = { kind: "idle" };
const begin = (way: Way): Step => ({ talk: { kind: "opening", way, released: false }, order: "open" });
const stay = (talk: Talk): Step => ({ talk, order: "none" });

/** The next state, and what is to be done. What makes no sense now changes nothing. */
export function next(talk: Talk, happening: Happening): Step {
  switch (talk.kind) {
    case "idle":
    case "explaining":
    case "hindered":
      return whileIdle(talk, happening);
    case "opening":
      return whileOpening(talk, happening);
    case "recording":
      return whileRecording(talk, happening);
  }
}

function whileIdle(talk: Talk, happening: Happening): Step {
  switch (happening.kind) {
    case "pressed":
      return begin("held");
    case "begun_free":
      return begin("free");
    case "cancelled":
      return stay(talk.kind === "idle" ? talk : idle);
    case "opened":
      // The microphone came after it was given up.
      return { talk, order: "discard" };
    case "hindered":
      // It was let go, and then it turned out that there is nothing to send.
      return stay({ kind: "hindered", why: happening.why });
    case "slid":
    case "released":
    case "lost_hold":
    case "sent":
    case "reached_limit":
      return stay(talk);
  }
}

function whileOpening(talk: Extract<Talk, { kind: "opening" }>, happening: Happening): Step {
  switch (happening.kind) {
    case "opened":
      // To answer the browser's question one has to let go.
      if (talk.released) return { talk: { kind: "explaining" }, order: "discard" };
      return stay({ kind: "recording", way: talk.way, since: happening.at, away: false });
    case "hindered":
      return stay({ kind: "hindered", why: happening.why });
    case "released":
    case "lost_hold":
      return stay(talk.way === "held" ? { ...talk, released: true } : talk);
    case "cancelled":
      return { talk: idle, order: "discard" };
    case "pressed":
    case "begun_free":
    case "slid":
    case "sent":
    case "reached_limit":
      return stay(talk);
  }
}

function whileRecording(talk: Extract<Talk, { kind: "recording" }>, happening: Happening): Step {
  switch (happening.kind) {
    case "released":
      return talk.way === "held" ? letGo(talk, happening.at) : stay(talk);
    case "slid":
      return stay(talk.way === "held" ? { ...talk, away: happening.away } : talk);
    case "lost_hold":
      // Nothing that was said is lost: it goes on, with a button to send it and one to throw it away.
      return stay({ ...talk, way: "free", away: false });
    case "sent":
    case "reached_limit":
      return { talk: idle, order: "send" };
    case "cancelled":
      return { talk: idle, order: "discard" };
    case "hindered":
      return { talk: { kind: "hindered", why: happening.why }, order: "discard" };
    case "pressed":
    case "begun_free":
    case "opened":
      return stay(talk);
  }
}

function letGo({ since, away }: Extract<Talk, { kind: "recording" }>, at: number): Step {
  if (away) return { talk: idle, order: "discard" };
  if (at - since < SHORTEST_MILLISECONDS) return { talk: { kind: "explaining" }, order: "discard" };
  return { talk: idle, order: "send" };
}
