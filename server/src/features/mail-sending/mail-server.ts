import nodemailer from "nodemailer";
import type { Begun, Leased } from "./outgoing.ts";

/** What became of handing a mail over. */
export type Handed =
  | { kind: "sent" }
  | { kind: "refused"; reason: string }
  | { kind: "postponed"; reason: string };

export type MailServer = {
  hand(leased: Leased, mail: Begun): Promise<Handed>;
  close(): void;
};

/** Our end of SMTP_URL. Longer than it may take to connect and to send, each worker's lease must be. */
export const handWithinSeconds = 60;

/** Opens the way to the mail server; it connects when there is something to send. */
export function openMailServer(url: string, from: string): MailServer {
  const transport = nodemailer.createTransport(
    {
      url,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const address = /<([^<>]+)>$/.exec(from)?.[1] ?? from;
  const host = /@([^@\s]+)$/.exec(address)?.[1] ?? "localhost";
  return {
    async hand(leased, { recipient, subject, text, html, sender, thread }) {
      try {
        await transport.sendMail({
          // A structure, because a text would be parsed: an address may hold what looks like a list.
          to: { name: "", address: recipient },
          subject,
          text,
          html,
          // The same each time it is sent: a reader's program shows one.
          messageId: `<${leased.id}@${host}>`,
          ...(sender !== null && { from: { name: sender, address } }),
          ...(thread !== null && { references: `<${thread}@${host}>` }),
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        });
        return { kind: "sent" };
      } catch (error) {
        return judge(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A server that says 5xx to the recipient or the message means it; everything else may pass. */
function judge(error: unknown): Handed {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  const code = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : 0;
  const command = error instanceof Error && "command" in error ? String(error.command) : "";
  const meant = code >= 500 && /^(RCPT|DATA|MAIL)/.test(command);
  return { kind: meant ? "refused" : "postponed", reason };
}
