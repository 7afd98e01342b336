/** The field in which a message is written. */
const COMPOSER = '[data-shortcut="composer"]';

/** Whether keys that are pressed there write something. */
export function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.closest("input, textarea, select, [role=textbox], [role=combobox]") !== null;
}

/** Whether keys belong to something that lies over the page: a dialog, a menu, a list to choose from. */
export function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[aria-modal="true"]') !== null) return true;
  return target instanceof Element && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
}

export function isComposer(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(COMPOSER);
}

/**
 * Tells whether the keys for taking something back mean what a notice offers. With a word in a field they are the browser's
 * own; the empty field of the chat that comes after a closing has nothing to take back.
 */
export function undoes(target: EventTarget | null): boolean {
  if (!isOffered("undo")) return false;
  return (
    !writes(target) || (target instanceof HTMLTextAreaElement && isComposer(target) && target.value === "")
  );
}

/** Whether a shortcut can do anything now: what stands on a page of chats is not everywhere. */
export function isOffered(name: string): boolean {
  return name === "pause" || name === "help" || document.querySelector(`[data-shortcut="${name}"]`) !== null;
}

/**
 * Does what the control that stands for a shortcut would do if it were clicked: no more, no less, and nothing where it
 * is not on the page or does not take clicks. Tells whether it was there.
 */
export function press(name: string): boolean {
  const control = document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`);
  if (control === null || control.matches(":disabled, [data-disabled], [data-loading]")) return false;
  if (control.matches("textarea")) control.focus();
  else control.click();
  return true;
}
