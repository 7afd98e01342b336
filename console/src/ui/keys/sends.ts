/** The part of a key press that decides whether it sends. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** What a browser reports for every key that an input method has taken. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether this key press sends the message. Enter that only accepts what an input method proposes does not: Safari
 * reports the end of the composition before that key press, and tells of it by the code alone.
 */
export function sends(press: KeyPress): boolean {
  return press.key === "Enter" && !press.shiftKey && !press.altKey && !isTakenByInputMethod(press);
}

/** Whether an input method has this key press: it is no command to us then, whichever key it is. */
export function isTakenByInputMethod({
  isComposing,
  keyCode,
}: Pick<KeyPress, "isComposing" | "keyCode">): boolean {
  return isComposing || keyCode === TAKEN_BY_INPUT_METHOD;
}
