import { useRef } from "react";

/** Where the keyboard was before something opened, so that closing leads back there. */
export function useWayBack() {
  const opener = useRef<Element>(null);
  return {
    leave(): void {
      opener.current = document.activeElement;
    },
    goBack(): void {
      // After the dialog has let go of the keyboard.
      requestAnimationFrame(() => {
        if (opener.current instanceof HTMLElement) opener.current.focus();
      });
    },
  };
}
