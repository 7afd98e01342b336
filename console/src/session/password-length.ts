import { passwordLimit, passwordMinimum } from "@grata/contract/text";

/** What the hint below a new password says. */
export type PasswordLength =
  | { state: "short"; length: number; missing: number }
  | { state: "enough"; length: number }
  | { state: "long"; length: number };

/** Counts as the server does: code points of the composed form, so that an emoji is one character and not two. */
export function passwordLength(password: string): PasswordLength {
  const length = [...password.normalize("NFC")].length;
  if (length < passwordMinimum) {
    return { state: "short", length, missing: passwordMinimum - length };
  }
  return { state: length > passwordLimit ? "long" : "enough", length };
}
