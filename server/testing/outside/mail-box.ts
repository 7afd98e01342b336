import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export type Received = { to: string; email: Email; raw: string };

export type MailBox = {
  /** For SMTP_URL. */
  url: string;
  /** Everything that came, in order. */
  received: Received[];
  /** What came for one address. */
  to(address: string): Received[];
  /** What the server says to a recipient instead of taking the mail; null: it takes it. */
  answer: { code: number; text: string } | null;
  /** Nobody listens any more, until it is opened again at the same address. */
  down(): Promise<void>;
  up(): Promise<void>;
};

/** A real SMTP server that really receives. */
export async function openMailBox(): Promise<MailBox> {
  const received: Received[] = [];
  const open = async (port: number) => {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      onRcptTo(_address, _session, done) {
        if (!box.answer) return done();
        done(Object.assign(new Error(box.answer.text), { responseCode: box.answer.code }));
      },
      onData(stream, session, done) {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const raw = Buffer.concat(parts).toString("utf8");
          PostalMime.parse(raw).then((email) => {
            const [recipient] = session.envelope.rcptTo;
            received.push({ to: recipient?.address ?? "", email, raw });
            done();
          }, done);
        });
      },
    });
    server.on("error", () => undefined);
    server.listen(port, "127.0.0.1");
    await once(server.server, "listening");
    return server;
  };
  let server: SMTPServer | null = await open(0);
  const { port } = server.server.address() as AddressInfo;
  const box: MailBox = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    to: (address) => received.filter((mail) => mail.to === address),
    answer: null,
    async down() {
      const closing = server;
      server = null;
      if (closing) await new Promise<void>((resolve) => closing.close(resolve));
    },
    async up() {
      server = await open(port);
    },
  };
  return box;
}

/** The one link of ours in a mail, the same in its text and its HTML. */
export function linkIn({ email }: Received): URL {
  const [inText] = /https?:\/\/\S+#\S+/.exec(email.text ?? "") ?? [];
  if (inText === undefined || !email.html?.includes(`href="${inText}"`)) {
    throw new Error("The mail has no link, or another one in each of its forms.");
  }
  return new URL(inText);
}

/** The secret behind the # of a link. */
export const secretOf = (link: URL): string => link.hash.slice(1);
