import { useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";

/** So near to the end counts as being there. */
const NEAR_END = 48;
/** Earlier messages are asked for before the reader reaches the first one. */
const NEAR_BEGINNING = 600;
/** For so many milliseconds the list may still move by what it was told, or by what a hand set going. */
const SETTLES_WITHIN = 1_000;
const HAND_EVENTS = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** Where the reader is in the list. */
export interface Place {
  atEnd: boolean;
  nearBeginning: boolean;
}

/**
 * Keeps a reader's place in a virtual list that grows at both ends: whoever is at the end stays there, whatever is
 * added or measured anew; whoever reads above is left alone.
 */
export function usePlace(onPlace: (place: Place) => void) {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [memory] = useState(() => ({
    sticks: true,
    top: 0,
    height: 0,
    sentAt: Number.NEGATIVE_INFINITY,
    handAt: Number.NEGATIVE_INFINITY,
  }));

  useEffect(() => {
    const element = box.current;
    const notice = () => {
      memory.handAt = performance.now();
    };
    for (const type of HAND_EVENTS) {
      element?.addEventListener(type, notice, { passive: true });
    }
    return () => {
      for (const type of HAND_EVENTS) {
        element?.removeEventListener(type, notice);
      }
    };
  }, [memory]);

  const stay = useCallback(
    (count: number): void => {
      if (memory.sticks && count > 0) {
        memory.sentAt = performance.now();
        list.current?.scrollToIndex(count - 1, { align: "end" });
      }
    },
    [memory],
  );

  function read(): void {
    if (box.current === null) {
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    // In a burst lines are measured while others are added: then the list moves up by itself, and only a hand tells
    // that a reader did. At other times so does whatever else scrolls, such as the search of the browser.
    const now = performance.now();
    const byReader = now - memory.handAt < SETTLES_WITHIN || now - memory.sentAt > SETTLES_WITHIN;
    const movedUp = byReader && scrollTop < memory.top && scrollHeight >= memory.height;
    memory.sticks = atEnd || (memory.sticks && !movedUp);
    memory.top = scrollTop;
    memory.height = scrollHeight;
    // At the end, on the way there, nobody asks for what is earlier; unless there is too little to scroll at all.
    const looksUp = !memory.sticks || scrollHeight <= clientHeight;
    onPlace({ atEnd: memory.sticks, nearBeginning: looksUp && scrollTop < NEAR_BEGINNING });
  }

  return {
    box,
    list,
    read,
    stay,
    /** Leads to a line and leaves the reader there. */
    show(index: number): void {
      memory.sticks = false;
      memory.sentAt = performance.now();
      list.current?.scrollToIndex(index, { align: "center" });
    },
    toEnd(count: number): void {
      memory.sticks = true;
      stay(count);
    },
  };
}
