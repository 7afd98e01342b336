import { createLate, type Late } from "@grata/client/browser/late";
import { loadAhead } from "./ahead.ts";
import { isFormerRelease } from "./release.ts";

interface LateOptions {
  /** It belongs to the desk, and is loaded before somebody asks for it. */
  ahead?: boolean;
}

/** Something of the console that is loaded when it is first needed: the one way to load it, with `latePart` for views. */
export function late<Value>(load: () => Promise<Value>, { ahead = false }: LateOptions = {}): Late<Value> {
  const part = createLate(load, isFormerRelease);
  if (ahead) loadAhead(part.get);
  return part;
}

/** Waits for it however long it takes. */
export function untilHere<Value>(part: Late<Value>): Promise<Value> {
  return new Promise((resolve) => {
    const look = () => {
      const state = part.snapshot();
      if (state.kind === "ready") {
        stop();
        resolve(state.value);
      }
    };
    const stop = part.subscribe(look);
    part.get().then(look, () => undefined);
  });
}
