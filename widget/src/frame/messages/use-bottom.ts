import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** How far from the bottom, in pixels, still counts as being there. */
const SLACK = 48;

/**
 * Keeps a scrolled element where its reader is: at the bottom when they are there or `follow` changes, and at the
 * same line when earlier ones are put above it.
 */
export function useBottom(
  element: RefObject<HTMLElement | null>,
  firstKey: string | undefined,
  follow: unknown,
) {
  const before = useRef({ height: 0, firstKey, follow, atBottom: true });

  useLayoutEffect(() => {
    const list = element.current;
    if (!list) {
      return;
    }
    const { height, atBottom } = before.current;
    if (atBottom || follow !== before.current.follow) {
      list.scrollTop = list.scrollHeight;
    } else if (firstKey !== before.current.firstKey && list.scrollTop < list.scrollHeight - height) {
      list.scrollTop += list.scrollHeight - height;
    }
    before.current = { ...before.current, height: list.scrollHeight, firstKey, follow };
  });

  useLayoutEffect(() => {
    // Safari lets the keyboard scroll only what can take the focus.
    if (element.current) {
      element.current.tabIndex = 0;
    }
  }, [element]);

  useLayoutEffect(() => {
    const list = element.current;
    const content = list?.querySelector("ol");
    if (!list || !content) {
      return undefined;
    }
    // A picture takes its place when it has come, which is no change that anybody rendered.
    const observer = new ResizeObserver(() => {
      if (before.current.atBottom) {
        list.scrollTop = list.scrollHeight;
      }
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, [element]);

  return () => {
    const list = element.current;
    if (list) {
      before.current.atBottom = list.scrollHeight - list.scrollTop - list.clientHeight < SLACK;
    }
  };
}
