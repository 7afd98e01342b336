import type { Browser, BrowserContext, FrameLocator, Locator, Page } from "@playwright/test";
import {
  composerOf,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  test,
  write,
} from "./support/fixtures.ts";

const talkButton = "Voice message: hold to talk";

const buttonIn = (where: Page | FrameLocator) => where.getByRole("button", { name: talkButton });

/** What says that it has recorded for a second at least. */
const clockIn = (where: Page | FrameLocator) => where.locator("form").getByText(/^0:(0[1-9]|[1-5]\d)$/);

/** Puts the mouse on the button and presses, until it has recorded for a second. */
async function hold(page: Page, where: Page | FrameLocator): Promise<void> {
  const box = await buttonIn(where).boundingBox();
  if (!box) throw new Error("There is no button to hold.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await expect(clockIn(where)).toBeVisible();
}

/** The voice messages of a chat. */
const messagesIn = (where: Page | FrameLocator): Locator =>
  where.getByRole("log").getByRole("group", { name: /^Voice message, 0:0\d$/ });

declare global {
  interface Window {
    /** How many sounds this page has played to their end. */
    heardToTheEnd?: number;
  }
}

/** Counts in every page of this context the sounds that are played to their end: nobody could hear them here. */
async function countSounds(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const play = HTMLMediaElement.prototype.play;
    const known = new WeakSet<HTMLMediaElement>();
    HTMLMediaElement.prototype.play = function begin() {
      if (!known.has(this)) {
        known.add(this);
        this.addEventListener("ended", () => {
          window.heardToTheEnd = (window.heardToTheEnd ?? 0) + 1;
        });
      }
      return play.apply(this);
    };
  });
}

/** How many sounds were played to their end, in the page or the chat window within it. */
async function soundsIn(page: Page): Promise<number> {
  const counts = await Promise.all(
    page.frames().map((frame) => frame.evaluate(() => window.heardToTheEnd ?? 0)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Plays the newest voice message to its end. */
async function hear(page: Page, where: Page | FrameLocator): Promise<void> {
  await messagesIn(where).last().getByRole("button", { name: "Play" }).click();
  await expect.poll(() => soundsIn(page)).toBe(1);
}

/** The browser of a customer. */
async function openShop(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: "en" });
  await countSounds(context);
  return context.newPage();
}

/** A customer at a shop, and an agent who has their chat open. */
async function meet(
  page: Page,
  shop: Page,
  server: Parameters<typeof enterConsole>[1],
): Promise<FrameLocator> {
  await countSounds(page.context());
  await enterConsole(page, server);
  const chat = await openChatWindow(shop, server);
  await write(chat, "Hello");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("Hello")).toBeVisible();
  await expect(buttonIn(page)).toBeVisible();
  await expect(buttonIn(chat)).toBeVisible();
  return chat;
}

test("C5, D1: held, spoken, let go: a voice message of either side plays at the other", async ({
  page,
  browser,
  server,
}) => {
  const shop = await openShop(browser);
  const chat = await meet(page, shop, server);
  await hold(page, page);
  await page.mouse.up();
  await expect(messagesIn(page)).toHaveCount(1);
  await expect(messagesIn(chat)).toHaveCount(1);
  await expect(messagesIn(chat).getByText("Not heard yet")).toBeAttached();
  await hear(shop, chat);
  await expect(messagesIn(chat).getByText("Not heard yet")).toHaveCount(0);

  await hold(shop, chat);
  await shop.mouse.up();
  await expect(messagesIn(page)).toHaveCount(2);
  await hear(page, page);
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
  const shop = await openShop(browser);
  const chat = await meet(page, shop, server);
  for (const [at, where] of [
    [page, page],
    [shop, chat],
  ] as const) {
    await hold(at, where);
    await at.mouse.move(200, 100);
    await expect(where.getByText(/^Let go to cancel/)).toBeVisible();
    await at.mouse.up();
    await expect(clockIn(where)).toHaveCount(0);

    await hold(at, where);
    await at.keyboard.press("Escape");
    await expect(clockIn(where)).toHaveCount(0);
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
  const shop = await openShop(browser);
  const chat = await meet(page, shop, server);
  await composerOf(page).focus();
  await page.keyboard.down("Alt");
  await page.keyboard.down("KeyR");
  await expect(clockIn(page)).toBeVisible();
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
    await expect(clockIn(where)).toBeVisible();
    await expect(where.getByRole("button", { name: "Cancel recording" })).toBeVisible();
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
  const shop = await openShop(browser);
  const chat = await meet(page, shop, server);
  await hold(page, page);
  await page.clock.fastForward(50_000);
  await expect(page.getByText(/^\d seconds left$/).first()).toBeVisible();
  await page.clock.fastForward(10_000);
  await expect(messagesIn(chat)).toHaveCount(1);
  await page.mouse.up();
  await expect(clockIn(page)).toHaveCount(0);
});

test("C5: what is recorded while the server is away goes out once when it is back", async ({
  page,
  browser,
  server,
}) => {
  const shop = await openShop(browser);
  const chat = await meet(page, shop, server);
  await server.kill();
  await hold(page, page);
  await page.mouse.up();
  await hold(shop, chat);
  await shop.mouse.up();
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
  const shop = await openShop(browser);
  const chat = await meet(page, shop, server);
  for (const count of [1, 2]) {
    await hold(shop, chat);
    await shop.mouse.up();
    await expect(messagesIn(page)).toHaveCount(count);
  }
  const [first, second] = [messagesIn(page).nth(0), messagesIn(page).nth(1)];
  await expect(second.getByText("Not heard yet")).toBeAttached();
  await first.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => soundsIn(page)).toBe(2);
  await expect(second.getByText("Not heard yet")).toHaveCount(0);
});

const withoutMicrophone = [
  ["refused", "NotAllowedError", /^The microphone is blocked/],
  ["missing", "NotFoundError", /^No microphone was found/],
  ["in use", "NotReadableError", /^The microphone is in use/],
] as const;

for (const [what, error, sentence] of withoutMicrophone) {
  test(`C1, C5: with a microphone that is ${what} it is said what to do, on both sides`, async ({
    page,
    browser,
    server,
  }) => {
    const shop = await openShop(browser);
    for (const context of [page.context(), shop.context()]) {
      await context.addInitScript((name) => {
        // A page that is still empty has none.
        if (!navigator.mediaDevices) return;
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
      }, error);
    }
    const chat = await meet(page, shop, server);
    for (const [at, where] of [
      [page, page],
      [shop, chat],
    ] as const) {
      await buttonIn(where).click();
      await expect(where.getByText(sentence)).toBeVisible();
      await expectAccessible(at);
      await at.keyboard.press("Escape");
      await expect(where.getByText(sentence)).toHaveCount(0);
    }
  });
}

test("C1, C5: on plain http it is said that the address is the reason", async ({ page, browser, server }) => {
  const shop = await openShop(browser);
  for (const context of [page.context(), shop.context()]) {
    await context.addInitScript(() => {
      Object.defineProperty(window, "isSecureContext", { value: false });
    });
  }
  const chat = await meet(page, shop, server);
  await buttonIn(page).click();
  await expect(page.getByText(/^Browsers give the microphone to secure pages only/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await buttonIn(chat).click();
  await expect(chat.getByText(/does not begin with https/)).toBeVisible();
});

test("C1: after the pop-ups the console says why it asks for the microphone, and what to do when it is refused", async ({
  page,
  context,
  server,
}) => {
  await context.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    const query = navigator.permissions.query.bind(navigator.permissions);
    navigator.permissions.query = async (wanted) => {
      const status = await query(wanted);
      // A browser under test says that the microphone was allowed, without having asked anybody.
      if (String(wanted.name) === "microphone") Object.defineProperty(status, "state", { value: "prompt" });
      return status;
    };
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
  });
  await enterConsole(page, server);
  const popUps = page.getByRole("region", { name: "Shall we call you when a customer writes?" });
  const microphone = page.getByRole("region", { name: "May you answer with your voice?" });
  await expect(popUps).toBeVisible();
  await expect(microphone).toHaveCount(0);
  await popUps.getByRole("button", { name: "Not now" }).click();
  await expect(microphone.getByText(/^With your microphone you send push-to-talk messages/)).toBeVisible();
  await expectAccessible(page);
  await microphone.getByRole("button", { name: "Allow microphone" }).click();
  await expect(page.getByText(/^The microphone is blocked for this page/)).toBeVisible();
  await page.reload();
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(microphone).toHaveCount(0);
  await page.goto(`${server.url}/console/settings`);
  await expect(page.getByText("For push-to-talk messages.")).toBeVisible();
});
