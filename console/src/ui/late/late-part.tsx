import type { ComponentType } from "react";
import { late } from "./late.ts";
import { LateFailure, type Place } from "./late-failure.tsx";
import { useLate } from "./use-late.ts";

interface LatePartOptions<Props> {
  /** Where it stands: how its own failure looks there. */
  place: Place | ((props: Props) => Place);
  /** Loads the texts that it needs besides the console's. */
  texts?: readonly (() => Promise<unknown>)[];
  /** It belongs to the desk, and is loaded before somebody asks for it. */
  ahead?: boolean;
  /** Closes the part, if it can be closed. */
  close?: (props: Props) => void;
}

/**
 * A view that is loaded with its texts when it is first shown, inside a `Suspense`. When it cannot be loaded it says so
 * in its own place, and the page around it stays; it comes by itself when the network is back.
 */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { place, texts = [], ahead = false, close }: LatePartOptions<Props>,
) {
  const part = late(
    async () => {
      const [View] = await Promise.all([load(), ...texts.map((loadTexts) => loadTexts())]);
      return View;
    },
    { ahead },
  );

  function LatePart(props: Props) {
    const state = useLate(part);
    if (state.kind === "ready") {
      const View = state.value;
      return <View {...props} />;
    }
    return (
      <LateFailure
        place={typeof place === "function" ? place(props) : place}
        onRetry={() => void part.get().catch(() => undefined)}
        onClose={close && (() => close(props))}
      />
    );
  }

  return Object.assign(LatePart, {
    /** Loads it before it is shown. Resolves also when that failed: it says so itself. */
    preload: (): Promise<void> =>
      part.get().then(
        () => undefined,
        () => undefined,
      ),
  });
}
