/** Routes for admins: the outbox of mails and the audit log. */
import { auditPage, auditQuery } from "../audit.ts";
import { mail, mailParameters, mailsPage, mailsQuery } from "../mails.ts";
import { route } from "./route.ts";

export const listMails = route("GET", "/api/mails", {
  summary: "Lists mails that wait, went out or could not, newest first",
  permission: "mails.manage",
  query: mailsQuery,
  answer: mailsPage,
});
export const retryMail = route("POST", "/api/mails/:mailId/retry", {
  summary: "Tries a waiting or failed mail now",
  permission: "mails.manage",
  params: mailParameters,
  answer: mail,
  refusals: ["mail_unknown", "mail_sent"],
});
export const listAudit = route("GET", "/api/audit-log", {
  summary: "Lists who did what to whom, newest first",
  permission: "audit.read",
  query: auditQuery,
  answer: auditPage,
});
