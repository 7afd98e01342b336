/** So near to the end counts as being there. */
const NEAR_END = 48;
/** Earlier messages are asked for before the reader reaches the first one. */
const NEAR_BEGINNING = 300;

/** Where the reader is in the list. */
interface Place {
  atEnd: boolean;
  nearBeginning: boolean;
}

/** Keeps a reader's place in a list that grows at both ends. */
export interface PlaceKeeper {
  /** Takes charge of the box that scrolls, until the returned function is called. */
  attach(box: HTMLElement | null): (() => void) | undefined;
  /** To be called after each change of the lines. */
  settle(): void;
  /** Where the reader is now. To be asked after each scrolling. */
  place(): Place;
  /** Takes the reader to the end. */
  toEnd(): void;
}

/**
 * Whoever is at the end stays there; whoever reads above does not move when lines are added before or behind. The
 * lines to hold on to carry `data-line`. (The browser's own scroll anchoring gives up at the very top.)
 */
export function createPlaceKeeper(): PlaceKeeper {
  let box: HTMLElement | null = null;
  let sticks = true;
  let anchor: { line: HTMLElement; top: number } | null = null;

  function settle(): void {
    if (box === null) {
      return;
    }
    if (sticks) {
      box.scrollTop = box.scrollHeight;
    } else if (anchor?.line.isConnected) {
      box.scrollTop += anchor.line.offsetTop - anchor.top;
    }
    const line = box.querySelector<HTMLElement>("[data-line]");
    anchor = line && { line, top: line.offsetTop };
  }

  return {
    attach(attached) {
      box = attached;
      if (attached === null) {
        return undefined;
      }
      // The composer grows, the window shrinks, a keyboard opens: the end stays in sight.
      const observer = new ResizeObserver(settle);
      observer.observe(attached);
      return () => {
        observer.disconnect();
        box = null;
      };
    },
    settle,
    place() {
      if (box === null) {
        return { atEnd: true, nearBeginning: false };
      }
      sticks = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
      return { atEnd: sticks, nearBeginning: box.scrollTop < NEAR_BEGINNING };
    },
    toEnd() {
      sticks = true;
      settle();
    },
  };
}
