import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type FrameLocator, type Page } from "@playwright/test";
import { Server } from "./server.ts";
import { tidy } from "./tidy.ts";

export const admin = {
  organisation: "Tea & Co",
  name: "Ada Admin",
  email: "ada@example.test",
  password: "steep for three minutes",
};

/** A browser of another kind of device: on two of one kind nobody stays signed in. */
export const phoneAgent = "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0";

type Fixtures = {
  /** Fails the test when a page of ours breaks its own content security policy or throws. */
  complaints: string[];
  /** Ends the chats that a test leaves behind: the next one of this worker has the same server. */
  emptyDesk: null;
};

type WorkerFixtures = { server: Server };

/** A server for each worker; pages whose errors fail the test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  emptyDesk: [
    async ({ server }, use) => {
      await use(null);
      await tidy(server, admin);
    },
    { auto: true },
  ],
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on("weberror", (error) => complaints.push(String(error.error())));
      context.on("console", (message) => {
        // The recorder of traces fetches the pictures that it sees; no page of ours fetches a blob.
        if (message.text().startsWith("Connecting to 'blob:")) return;
        if (/content security policy/i.test(message.text())) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Makes the organisation by the set-up link, or signs in if an earlier test of this server has. */
export async function enterConsole(page: Page, server: Server): Promise<void> {
  const answer = await page.request.post(`${server.url}/api/set-up`, {
    headers: { origin: server.url },
    data: { ...admin, token: new URL(server.setUpLink).hash.slice(1), language: "en" },
  });
  if (!answer.ok()) {
    const signedIn = await page.request.post(`${server.url}/api/session`, {
      headers: { origin: server.url },
      data: { email: admin.email, password: admin.password },
    });
    expect(signedIn.ok()).toBe(true);
  }
  await page.goto(`${server.url}/console`);
  await expect(page.getByText("Connected")).toBeVisible();
}

/** The console, once it listens to keys: that part of it comes a moment after the page. */
export async function enterWithKeys(page: Page, server: Server): Promise<void> {
  await enterConsole(page, server);
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
}

/** The customer's side: the test page with the chat window open. */
export async function openChatWindow(page: Page, server: Server): Promise<FrameLocator> {
  await page.goto(`${server.url}/try`);
  await page.getByRole("button", { name: "Open chat" }).click();
  return page.frameLocator("iframe");
}

/** Where one writes, in the console or in a chat window. */
export const composerOf = (where: Page | FrameLocator) =>
  where.locator("textarea[data-shortcut=composer], .composer textarea, .offline textarea");

/** Waits until a chat that came on screen by itself may be acted upon. */
export async function settled(where: Page | FrameLocator): Promise<void> {
  await expect(where.locator("html[data-settling]")).toHaveCount(0);
}

/** Closes the chat on screen, whose customer waits for a reply: the console asks first. */
export async function closeUnanswered(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Close chat" }).click();
  const dialog = page.getByRole("dialog", { name: "Close this chat?" });
  await expect(dialog).toContainText("is waiting for your reply");
  await dialog.getByRole("button", { name: "Close chat" }).click();
  // It goes once the server has closed the chat: what a customer says before belongs to that chat still.
  await expect(dialog).toHaveCount(0);
}

/** Writes into the composer of a page or a chat window and sends with Enter. */
export async function write(where: Page | FrameLocator, text: string): Promise<void> {
  await settled(where);
  await composerOf(where).fill(text);
  await composerOf(where).press("Enter");
}

/** Finds no violation of WCAG 2.2 AA that axe can see, once nothing fades in or out any more. */
export async function expectAccessible(page: Page): Promise<void> {
  const fades = () => document.getAnimations().filter((motion) => motion instanceof CSSTransition).length;
  await expect.poll(() => page.evaluate(fades)).toBe(0);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
}
