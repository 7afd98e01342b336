import { createStore, type Observable } from "@grata/client/store";

export type Opened = "help" | "commands" | "team" | null;

const store = createStore<Opened>(null);
let focusedBefore: Element | null = null;

/** Which dialog is open over whatever page: the list of shortcuts, the command bar, or the team. */
export const opened: Observable<Opened> = store;

export function openDialog(dialog: Exclude<Opened, null>): void {
  if (store.snapshot() === null) focusedBefore = document.activeElement;
  store.set(dialog);
}

/** Closes it, and gives the focus back to where it was. */
export function closeDialog(): void {
  store.set(null);
  const target = focusedBefore;
  focusedBefore = null;
  // Once the dialog is gone: while it is there it keeps the focus.
  setTimeout(() => {
    if (target instanceof HTMLElement && target.isConnected) target.focus();
  });
}
