import type { Language } from "@grata/contract/languages";
import type { MailKind } from "@grata/contract/mails";
import { withAttempts } from "@grata/contract/sign-in-attempts";
import type { MailParameters } from "../../foundation/schema/mails.ts";
import type { Answer } from "./answers.ts";
import english from "./texts/en.json" with { type: "json" };
import simplified from "./texts/zh-Hans.json" with { type: "json" };
import traditional from "./texts/zh-Hant.json" with { type: "json" };

type Words = {
  subject: string;
  lines: string[];
  button: string;
  after: string;
  /** Instead of the common ones. */
  greeting?: string;
  footer?: string;
};
type Texts = Record<MailKind, Words> & Record<"greeting" | "footer" | "fallback", string>;

const texts: Record<Language, Texts> = { en: english, "zh-Hans": simplified, "zh-Hant": traditional };

export type Composed = { subject: string; text: string; html: string };

/** Writes a mail in its reader's language, as text and as HTML that says the same. Without a link it has no button. */
export function composeMail(
  mail: { kind: MailKind; language: Language; parameters: MailParameters },
  entrance: string,
  link: string | null,
  messages: Answer["messages"] = [],
): Composed {
  const { [mail.kind]: words, ...common } = texts[mail.language];
  const { greeting, footer } = { ...common, ...words };
  const values: Record<string, string> = {
    inviter: mail.parameters.organisation,
    ...mail.parameters,
    signIn: `${entrance}/sign-in`,
  };
  const fill = (line: string) =>
    withAttempts(line, mail.language).replaceAll(/{{(\w+)}}/g, (_whole, name: string) => values[name] ?? "");
  const lines = [greeting, ...words.lines].map(fill);
  const after = words.after === "" ? [] : [words.after];
  const said = messages.map(({ author, text }) => `${author}:\n${text}`);
  // What comes from a chat comes from the organisation: its customers do not know us.
  const brand = mail.kind === "answer" ? mail.parameters.organisation : "Grata";
  return {
    subject: fill(words.subject),
    text: [...lines, ...said, ...(link === null ? [] : [link]), ...after, `-- \n${fill(footer)}`].join(
      "\n\n",
    ),
    html: page(mail.language, fill(words.subject), brand, [
      ...lines.map(paragraph),
      ...messages.map(message),
      ...(link === null ? [] : [button(words.button, link)]),
      ...after.map(paragraph),
      ...(link === null ? [] : [small(`${escapeHtml(common.fallback)}<br>${anchor(link)}`)]),
      small(escapeHtml(fill(footer))),
    ]),
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

const font =
  "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',Helvetica,Arial,sans-serif";
const paragraph = (text: string) =>
  `<p style="margin:0 0 16px;font-size:16px;line-height:1.6;color:#1f2937;${font}">${escapeHtml(text)}</p>`;
const small = (html: string) =>
  `<p style="margin:16px 0 0;font-size:13px;line-height:1.5;color:#6b7280;${font}">${html}</p>`;

const anchor = (link: string) =>
  `<a href="${escapeHtml(link)}" style="color:#14657d;word-break:break-all">${escapeHtml(link)}</a>`;
/** Somebody's words, as they were written. */
const message = ({ author, text }: Answer["messages"][number]) =>
  `<div style="margin:0 0 16px;padding:4px 0 4px 16px;border-left:3px solid #14657d;font-size:16px;line-height:1.6;color:#1f2937;${font}">
<div style="font-size:13px;color:#6b7280" dir="auto">${escapeHtml(author)}</div>
<div style="white-space:pre-wrap;overflow-wrap:anywhere" dir="auto">${escapeHtml(text)}</div>
</div>`;

/** A table, because some mail programs draw no other button. */
const button = (text: string, link: string) =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr>
<td style="border-radius:8px;background:#14657d"><a href="${escapeHtml(link)}" style="display:inline-block;padding:12px 24px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none;${font}">${escapeHtml(text)}</a></td>
</tr></table>`;

const page = (language: Language, title: string, brand: string, parts: string[]) => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f3f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px"><tr>
<td style="padding:32px">
<p style="margin:0 0 24px;font-size:20px;font-weight:700;color:#14657d;${font}">${escapeHtml(brand)}</p>
${parts.join("\n")}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
