import { linkIn, type MailBox, openMailBox, type Received } from "@grata/server/testing";
import { test as base, expect } from "./fixtures.ts";
import { Server } from "./server.ts";

/** The same with a server whose mails really arrive: a real SMTP server takes them. */
export const test = base.extend<object, { box: MailBox }>({
  box: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const box = await openMailBox();
      await use(box);
      await box.down();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ box }, use) => {
      const server = await Server.start({ SMTP_URL: box.url, MAIL_FROM: "Grata <grata@mail.example>" });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

/** The newest mail to this address, once so many have come. */
export async function mailTo(box: MailBox, address: string, count = 1): Promise<Received> {
  await expect.poll(() => box.to(address).length, { message: `mails to ${address}` }).toBe(count);
  const mail = box.to(address).at(-1);
  if (!mail) throw new Error("No mail came.");
  return mail;
}

/** The link in the newest mail to this address. */
export async function mailedLink(box: MailBox, address: string, count = 1): Promise<string> {
  return linkIn(await mailTo(box, address, count)).href;
}
