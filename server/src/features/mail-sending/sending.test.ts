import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { asOwner, formsStored } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { linkIn, type MailBox, openMailBox, secretOf } from "../../../testing/outside/mail-box.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { shippedChannels } from "../../app/channel-registry.ts";
import { makeLink } from "../../domains/accounts/links.ts";
import { queueMail } from "../../domains/mails/queue-mail.ts";
import { openMailServer } from "./mail-server.ts";
import { beginMail, leaseMail } from "./outgoing.ts";
import { startMailWorker } from "./worker.ts";

let node: TestNode;
let box: MailBox;
let organisationId: string;

const PUBLIC_URL = "https://chat.example,https://other.example";

beforeAll(async () => {
  box = await openMailBox();
  node = await startTestNode({
    environment: { SMTP_URL: box.url, PUBLIC_URL, MAIL_FROM: "Tea House <tea@mail.example>" },
  });
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(async () => {
  await node.stop();
  await box.down();
});

/** Queues an invitation to somebody, as an action does. */
async function queue(
  details: { name?: string; organisation?: string; language?: "en" | "zh-Hans" | "zh-Hant" } = {},
  where: TestNode = node,
  organisation = organisationId,
) {
  const { userId, email } = await makeUser(where, organisation);
  await where.services.storage.inOrganisation(organisation, async (transaction) => {
    const linkId = await makeLink(transaction, { organisationId: organisation, userId }, "invitation");
    const { name = "Mei", organisation: shown = "Tea House", language = "en" } = details;
    const parameters = { name, organisation: shown, inviter: "Ada" };
    await queueMail(transaction, {
      organisationId: organisation,
      kind: "invitation",
      recipient: email,
      language,
      parameters,
      linkId,
    });
  });
  where.services.mail.wake();
  return { userId, email };
}
const stored = (email: string, where = node) =>
  asOwner(where.databaseUrl, async (client) => {
    const { rows } = await client.query<{
      state: string;
      attempts: number;
      error: string | null;
      id: string;
    }>("SELECT state, attempts, last_error AS error, id FROM mails WHERE recipient = $1", [email]);
    return rows[0];
  });
const dueNow = (email: string) =>
  asOwner(node.databaseUrl, (client) =>
    client.query("UPDATE mails SET due_at = now() WHERE recipient = $1", [email]),
  );

describe("H4: a mail that goes out", () => {
  test("A1, H4: has a text and an HTML form that say the same, a sender, and a link to the first public address", async () => {
    const { email } = await queue();
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const [mail] = box.to(email);
    if (!mail) throw new Error("No mail came.");
    expect(mail.email.from).toMatchObject({ name: "Tea House", address: "tea@mail.example" });
    expect(mail.email.subject).toBe("Your invitation to Tea House on Grata");
    const link = linkIn(mail);
    expect(`${link.origin}${link.pathname}`).toBe("https://chat.example/invitation");
    expect(secretOf(link)).toMatch(/^[\w-]{43}$/);
    expect(mail.email.messageId).toBe(`<${(await stored(email))?.id}@mail.example>`);
    for (const words of ["Hello Mei,", "Ada has invited you", "Set my password", "48 hours"]) {
      expect(mail.email.html).toContain(words);
    }
    for (const words of ["Hello Mei,", "Ada has invited you", "48 hours", "https://chat.example/sign-in"]) {
      expect(mail.email.text).toContain(words);
    }
    await eventually(async () => expect((await stored(email))?.state).toBe("sent"));
  });

  test("A1: is in the language that was chosen", async () => {
    const words = { en: "Hello Mei,", "zh-Hans": "设置我的密码", "zh-Hant": "設定我的密碼" } as const;
    for (const language of ["en", "zh-Hans", "zh-Hant"] as const) {
      const { email } = await queue({ language });
      await eventually(() => expect(box.to(email)).toHaveLength(1));
      expect(box.to(email)[0]?.email.html).toContain(words[language]);
      expect(box.to(email)[0]?.email.html).toContain(`<html lang="${language}">`);
      const text = box.to(email)[0]?.email.text ?? "";
      for (const part of [
        "Mei",
        "Ada",
        "48",
        "https://chat.example/invitation#",
        "https://chat.example/sign-in",
      ]) {
        expect(text, language).toContain(part);
      }
    }
  });

  test("A1: shows a name with markup as it is, and nothing in it becomes a header or an element", async () => {
    const name = `<img src=x onerror=alert(1)> {{signIn}} "&'`;
    const organisation = "Tea\r\nBcc: everybody@example.test";
    const { email } = await queue({ name, organisation });
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const [mail] = box.to(email);
    expect(mail?.email.html).not.toContain("<img");
    expect(mail?.email.text).toContain(name);
    expect(mail?.email.bcc ?? []).toEqual([]);
    expect(mail?.raw.split("\r\n\r\n", 1)[0]).not.toMatch(/^bcc:/im);
    expect(box.to("everybody@example.test")).toEqual([]);
  });

  test("A1: leaves its secret nowhere in the database", async () => {
    const { email } = await queue();
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const [mail] = box.to(email);
    if (!mail) throw new Error("No mail came.");
    expect(await formsStored(node.databaseUrl, secretOf(linkIn(mail)))).toEqual([]);
  });
});

describe("H4: when the mail server is not well", () => {
  test("H4: nothing is lost while it is down: the mail waits, says why, and goes out when it is back", async () => {
    await box.down();
    const { email } = await queue();
    await eventually(async () => {
      const mail = await stored(email);
      expect(mail).toMatchObject({ state: "waiting" });
      expect(mail?.error).toMatch(/ECONNREFUSED/);
    });
    await box.up();
    await dueNow(email);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    await eventually(async () => expect(await stored(email)).toMatchObject({ state: "sent", error: null }));
  });

  test.each([
    [450, "waiting"],
    [421, "waiting"],
    [550, "failed"],
  ])("H4: an answer of %i leaves the mail %s, with the server's words", async (code, state) => {
    box.answer = { code, text: "not this one, thank you" };
    onTestFinished(() => {
      box.answer = null;
    });
    const { email } = await queue();
    await eventually(async () => {
      const mail = await stored(email);
      expect(mail?.state).toBe(state);
      expect(mail?.error).toContain("not this one, thank you");
    });
    expect(box.to(email)).toEqual([]);
  });

  test("H4: each wait is longer than the one before, at most ten minutes, and after three days it has failed", async () => {
    await box.down();
    onTestFinished(() => box.up());
    const { email } = await queue();
    const seconds: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      await eventually(async () => {
        const mail = await stored(email);
        expect([mail?.attempts, mail?.error === null]).toEqual([attempt, false]);
      });
      seconds.push(
        await asOwner(node.databaseUrl, async (client) => {
          const wait =
            "SELECT round(extract(epoch FROM due_at - now()))::int AS wait FROM mails WHERE recipient = $1";
          return (await client.query<{ wait: number }>(wait, [email])).rows[0]?.wait ?? 0;
        }),
      );
      const old = attempt === 10 ? ", created_at = now() - interval '3 days 1 minute'" : "";
      await asOwner(node.databaseUrl, (client) =>
        client.query(`UPDATE mails SET last_error = NULL, due_at = now()${old} WHERE recipient = $1`, [
          email,
        ]),
      );
      node.services.mail.wake();
    }
    const expected = [5, 10, 20, 40, 80, 160, 320, 600, 600, 600];
    for (const [index, wait] of seconds.entries()) {
      expect(Math.abs(wait - (expected[index] ?? 0)), `${index}`).toBeLessThanOrEqual(3);
    }
    await eventually(async () => expect((await stored(email))?.state).toBe("failed"));
  });
});

describe("H4: several workers, and ones that die", () => {
  /** Queues without a worker: a node of its own that has no mail server. */
  async function quietNode() {
    const quiet = await startTestNode();
    onTestFinished(() => quiet.stop());
    const { organisationId } = await makeOrganisation(quiet);
    return { quiet, organisationId };
  }
  const worker = (where: TestNode, leaseSeconds?: number) => {
    const started = startMailWorker({
      storage: where.services.storage,
      server: openMailServer(box.url, "tea@mail.example"),
      entrance: () => "https://chat.example",
      channels: shippedChannels,
      logFault(error) {
        throw error;
      },
      ...(leaseSeconds !== undefined && { leaseSeconds }),
    });
    onTestFinished(started.close);
    return started;
  };

  test("H4: without a mail server mails stay in the outbox", async () => {
    const { quiet, organisationId } = await quietNode();
    const { email } = await queue({}, quiet, organisationId);
    expect(quiet.services.mail.sending).toBe(false);
    expect(await stored(email, quiet)).toMatchObject({ state: "waiting", attempts: 0 });
  });

  test("H4: three at once send each mail once", async () => {
    const { quiet, organisationId } = await quietNode();
    const people: string[] = [];
    for (let person = 1; person <= 12; person++) people.push((await queue({}, quiet, organisationId)).email);
    const workers = [worker(quiet), worker(quiet), worker(quiet)];
    for (const one of workers) one.wake();
    for (const email of people) {
      await eventually(async () => expect((await stored(email, quiet))?.state).toBe("sent"));
    }
    for (const email of people) expect(box.to(email)).toHaveLength(1);
  });

  test("A6: a recovery goes out before the invitations that were queued first", async () => {
    const { quiet, organisationId } = await quietNode();
    await queue({}, quiet, organisationId);
    const { userId, email } = await makeUser(quiet, organisationId);
    await quiet.services.storage.inOrganisation(organisationId, async (transaction) => {
      const linkId = await makeLink(transaction, { organisationId, userId }, "recovery");
      const parameters = { name: "Mei", organisation: "Tea House" };
      const mail = {
        organisationId,
        kind: "recovery",
        recipient: email,
        language: "en",
        parameters,
      } as const;
      await queueMail(transaction, { ...mail, linkId });
    });
    const leased = await leaseMail(quiet.services.storage, newId(), 60);
    expect(leased?.id).toBe((await stored(email, quiet))?.id);
  });

  test("H4: killed after it began, its mail goes out after the lease; killed after it was sent, under the same Message-ID with two links that work once", async () => {
    const { quiet, organisationId } = await quietNode();
    const { email } = await queue({}, quiet, organisationId);
    const leased = await leaseMail(quiet.services.storage, newId(), 1);
    if (!leased) throw new Error("There was nothing to lease.");
    const begun = await beginMail(quiet.services.storage, leased, {
      entrance: "https://chat.example",
      channels: shippedChannels,
    });
    if (!begun) throw new Error("There was nothing to begin.");
    const server = openMailServer(box.url, "tea@mail.example");
    expect(await server.hand(leased, begun)).toEqual({ kind: "sent" });
    server.close();
    // Here it dies, before it has noted that.
    worker(quiet).wake();
    await eventually(() => expect(box.to(email)).toHaveLength(2));
    const [one, two] = box.to(email);
    expect(one?.email.messageId).toBe(two?.email.messageId);
    const secrets = box.to(email).map((mail) => secretOf(linkIn(mail)));
    expect(new Set(secrets).size).toBe(2);
    await eventually(async () =>
      expect(await stored(email, quiet)).toMatchObject({ state: "sent", attempts: 2 }),
    );
  });

  test("B5: a mail whose link was revoked before it went out is not sent any more", async () => {
    const { quiet, organisationId } = await quietNode();
    const { email } = await queue({}, quiet, organisationId);
    await asOwner(quiet.databaseUrl, (client) => client.query("UPDATE links SET revoked_at = now()"));
    worker(quiet).wake();
    await eventually(async () => expect(await stored(email, quiet)).toBeUndefined());
    expect(box.to(email)).toEqual([]);
  });
});
