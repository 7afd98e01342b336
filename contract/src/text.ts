import * as z from "zod/mini";
import type { ErrorCode } from "./error-codes.ts";
import { messageLimit, nameLimit, passwordLimit, passwordMinimum } from "./limits.ts";

export { messageLimit, nameLimit, passwordLimit, passwordMinimum } from "./limits.ts";

/** A schema's message is the code of the error that it stands for, so that each mistake has its own sentence. */
export const fails = (code: ErrorCode) => ({ error: code });

/** PostgreSQL cannot store NUL, and a lone surrogate has no UTF-8 form: neither is text. */
export function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

/** The text of a message: at most `messageLimit`, kept exactly as it was written. Without a file it must say something. */
export const messageOrNothing = z.string(fails("message_not_text")).check(
  z.refine((value) => value.length <= messageLimit, fails("message_too_long")),
  z.refine(isText, fails("message_not_text")),
);

/** The same where there can be no file: not blank. */
export const messageText = messageOrNothing.check(z.refine(isSaid, fails("message_empty")));

/** Whether there is more in a text than blanks. */
export function isSaid(text: string): boolean {
  return text.trim() !== "";
}

/** One line, trimmed, without the characters that `refused` finds. */
const line = (refused: RegExp) =>
  z.string(fails("name_not_text")).check(
    z.trim(),
    z.refine((value) => value !== "", fails("name_empty")),
    z.refine((value) => value.length <= nameLimit, fails("name_too_long")),
    z.refine((value) => isText(value) && !refused.test(value), fails("name_not_text")),
  );

/** A user's, an organisation's or a channel's name: nothing that turns the direction of the text around it either. */
export const name = line(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);

/**
 * A customer's name. Direction marks may stand in it, since in some languages they belong there and a customer cannot
 * see why not; whatever shows it isolates it.
 */
export const customerName = line(/[\p{Cc}\u2028\u2029]/u);

/** An e-mail address, trimmed and in lower case: addresses that differ only in case are the same address. */
export const emailAddress = z.pipe(
  z.string(fails("email_invalid")).check(z.trim(), z.toLowerCase(), z.maxLength(254, fails("email_invalid"))),
  z.email(fails("email_invalid")),
);

/** A password on its way in: any Unicode, never trimmed. The length is counted in code points (NIST SP 800-63B-4). */
export const newPassword = z.string(fails("password_not_text")).check(
  z.refine((value) => value.isWellFormed() && !value.includes("\0"), fails("password_not_text")),
  z.refine((value) => [...value.normalize("NFC")].length >= passwordMinimum, fails("password_too_short")),
  z.refine((value) => [...value.normalize("NFC")].length <= passwordLimit, fails("password_too_long")),
);
