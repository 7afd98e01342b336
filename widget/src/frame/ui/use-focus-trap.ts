import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const focusable = "button:not(:disabled), textarea, input, a[href], [tabindex='0']";

/** Keeps the focus inside while the window covers the page: what is below cannot be seen. */
export function useFocusTrap(element: RefObject<HTMLElement | null>, active: boolean): void {
  useLayoutEffect(() => {
    const inside = element.current;
    if (!active || !inside) {
      return;
    }
    const keep = (event: KeyboardEvent) => {
      if (event.key !== "Tab") {
        return;
      }
      const stops = [...inside.querySelectorAll<HTMLElement>(focusable)].filter((one) =>
        one.checkVisibility(),
      );
      const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
      if (document.activeElement === from || !inside.contains(document.activeElement)) {
        event.preventDefault();
        to?.focus();
      }
    };
    document.addEventListener("keydown", keep);
    return () => document.removeEventListener("keydown", keep);
  }, [element, active]);
}
