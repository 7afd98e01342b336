/** The outbox: mails that wait, went out, or could not. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";

export const mailKind = z.enum([
  "invitation",
  "recovery",
  "locked",
  "answer",
  "authenticator_added",
  "authenticator_removed",
  "passkey_added",
  "passkey_removed",
  "factor_reset",
]);
export type MailKind = z.infer<typeof mailKind>;

export const mailState = z.enum(["waiting", "sent", "failed"]);
export type MailState = z.infer<typeof mailState>;

/** A mail as an admin sees it. A link in it is made when it goes out, and is never shown here. */
export const mail = z.object({
  id: identifier,
  kind: mailKind,
  recipient: z.string(),
  language,
  subject: z.string(),
  text: z.string(),
  state: mailState,
  attempts: z.int(),
  /** What the mail server said last. */
  lastError: z.nullable(z.string()),
  createdAt: instant,
  nextAttemptAt: z.nullable(instant),
  sentAt: z.nullable(instant),
});
export type Mail = z.infer<typeof mail>;

/** Newest first. */
export const mailsQuery = z.object({
  state: z.optional(mailState),
  /** `next` of the page before. */
  cursor: z.optional(identifier),
});
export type MailsQuery = z.infer<typeof mailsQuery>;

export const mailsPageLength = 50;
export const mailsPage = z.object({
  mails: z.array(mail),
  next: z.nullable(identifier),
  /** False: there is no SMTP_URL, and mails stay here. */
  sending: z.boolean(),
  waiting: z.int(),
});
export type MailsPage = z.infer<typeof mailsPage>;

export const mailParameters = z.object({ mailId: identifier });
