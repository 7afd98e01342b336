import type { FrameLocator, Locator, Page } from "@playwright/test";
import { enterConsole, expect, expectAccessible, openChatWindow, test, write } from "./support/fixtures.ts";

const talkButton = "Voice message: hold to talk";

const buttonIn = (where: Page | FrameLocator) => where.getByRole("button", { name: talkButton });

/** What says that it records, and for how long. */
const clockIn = (where: Page | FrameLocator, time: string) => where.getByText(time, { exact: true });

/** Puts the mouse on the button and presses, until it has recorded for a second. */
async function hold(page: Page, where: Page | FrameLocator): Promise<void> {
  const box = await buttonIn(where).boundingBox();
  if (!box) throw new Error("There is no button to hold.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await expect(clockIn(where, "0:01")).toBeVisible();
}

/** The voice messages of a chat. */
const messagesIn = (where: Page | FrameLocator): Locator =>
  where.getByRole("log").getByRole("group", { name: /^Voice message, 0:0\d$/ });

/** Plays the newest voice message until it moves. */
async function hear(where: Page | FrameLocator): Promise<void> {
  const message = messagesIn(where).last();
  await message.getByRole("button", { name: "Play" }).click();
  await expect(message.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect.poll(() => message.getByRole("slider").inputValue().then(Number)).toBeGreaterThan(300);
}

/** A customer at a shop, and an agent who has their chat open. */
async function meet(
  page: Page,
  shop: Page,
  server: Parameters<typeof enterConsole>[1],
): Promise<FrameLocator> {
  await enterConsole(page, server);
  const chat = await openChatWindow(shop, server);
  await write(chat, "Hello");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("Hello")).toBeVisible();
  return chat;
}

test("C5, D1: held, spoken, let go: a voice message of either side plays at the other", async ({
  page,
  browser,
  server,
}) => {
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await meet(page, shop, server);
  await hold(page, page);
  await page.mouse.up();
  await expect(messagesIn(page)).toHaveCount(1);
  await expect(messagesIn(chat)).toHaveCount(1);
  await expect(messagesIn(chat).getByText("Not heard yet")).toBeAttached();
  await hear(chat);
  await expect(messagesIn(chat).getByText("Not heard yet")).toHaveCount(0);

  await hold(shop, chat);
  await shop.mouse.up();
  await expect(messagesIn(page)).toHaveCount(2);
  await hear(page);
  await expectAccessible(page);
  await expectAccessible(shop);

  // What was heard is remembered.
  await page.reload();
  await expect(messagesIn(page)).toHaveCount(2);
  await expect(page.getByText("Not heard yet")).toHaveCount(0);
});

test("C5: nothing is sent when the button is slid away from, after Escape, and after a press that was too short", async ({
  page,
  browser,
  server,
}) => {
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await meet(page, shop, server);
  for (const [at, where] of [
    [page, page],
    [shop, chat],
  ] as const) {
    await hold(at, where);
    await at.mouse.move(200, 100);
    await expect(where.getByText(/^Let go to cancel/)).toBeVisible();
    await at.mouse.up();
    await expect(clockIn(where, "0:01")).toHaveCount(0);

    await hold(at, where);
    await at.keyboard.press("Escape");
    await expect(clockIn(where, "0:01")).toHaveCount(0);
    await at.mouse.up();

    await buttonIn(where).click();
    await expect(where.getByText("Hold to talk", { exact: true })).toBeVisible();
    await at.keyboard.press("Escape");
    await expect(where.getByText("Hold to talk", { exact: true })).toHaveCount(0);
  }
  await write(page, "Nothing before this");
  await expect(chat.getByRole("log").getByText("Nothing before this")).toBeVisible();
  await expect(messagesIn(page)).toHaveCount(0);
  await expect(messagesIn(chat)).toHaveCount(0);
});

test("C5: by the keyboard alone: the shortcut is held, or nothing is", async ({ page, browser, server }) => {
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await meet(page, shop, server);
  await page.getByRole("textbox").last().focus();
  await page.keyboard.down("Alt");
  await page.keyboard.down("KeyR");
  await expect(clockIn(page, "0:01")).toBeVisible();
  await page.keyboard.up("KeyR");
  await page.keyboard.up("Alt");
  await expect(messagesIn(chat)).toHaveCount(1);

  for (const [at, where] of [
    [page, page],
    [shop, chat],
  ] as const) {
    await buttonIn(where).focus();
    await at.keyboard.press("Enter");
    await expect(where.getByRole("button", { name: "Record without holding" })).toBeFocused();
    await expectAccessible(at);
    await at.keyboard.press("Enter");
    await expect(clockIn(where, "0:01")).toBeVisible();
    await expect(where.getByRole("button", { name: "Cancel recording" })).toBeVisible();
    await expectAccessible(at);
    await expect(where.getByRole("button", { name: "Send voice message" })).toBeFocused();
    await at.keyboard.press("Enter");
  }
  await expect(messagesIn(page)).toHaveCount(3);
  await expect(messagesIn(chat)).toHaveCount(3);
});

test("C5: the last ten seconds are counted down, and at sixty it is sent by itself", async ({
  page,
  browser,
  server,
}) => {
  await page.clock.install();
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await meet(page, shop, server);
  await hold(page, page);
  await page.clock.fastForward(50_000);
  await expect(page.getByText(/^\d seconds left$/).first()).toBeVisible();
  await page.clock.fastForward(10_000);
  await expect(messagesIn(chat)).toHaveCount(1);
  await page.mouse.up();
  await expect(clockIn(page, "0:01")).toHaveCount(0);
});

test("C5: what is recorded while the server is away goes out once when it is back", async ({
  page,
  browser,
  server,
}) => {
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await meet(page, shop, server);
  await server.kill();
  await hold(page, page);
  await page.mouse.up();
  await hold(shop, chat);
  await shop.mouse.up();
  // Neither a reload: it lies in the browser.
  await server.startAgain();
  await expect(messagesIn(page)).toHaveCount(2, { timeout: 90_000 });
  await expect(messagesIn(chat)).toHaveCount(2);
  await write(chat, "Once each");
  await expect(page.getByRole("log").getByText("Once each")).toBeVisible();
  await expect(messagesIn(page)).toHaveCount(2);
});

test("C5: voice messages play on in order, to the next one that was not heard", async ({
  page,
  browser,
  server,
}) => {
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await meet(page, shop, server);
  for (const count of [1, 2]) {
    await hold(shop, chat);
    await shop.mouse.up();
    await expect(messagesIn(page)).toHaveCount(count);
  }
  const [first, second] = [messagesIn(page).nth(0), messagesIn(page).nth(1)];
  await first.getByRole("button", { name: "Play" }).click();
  await expect(first.getByRole("button", { name: "Speed: 1 times" })).toBeVisible();
  await expect(second.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(second.getByText("Not heard yet")).toHaveCount(0);
});

test("C1, C5: without a microphone, with a refused one and on plain http it is said what to do", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
});
