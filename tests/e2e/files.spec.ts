import { plainPicture } from "@grata/server/testing";
import type { FrameLocator, Locator, Page } from "@playwright/test";
import {
  composerOf,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  test,
  write,
} from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

/** Files and images, from both sides. */

/** A visitor's file as a browser hands it over. */
const imageFile = async (name: string, background: string) => ({
  name,
  mimeType: "image/png",
  buffer: await plainPicture(background),
});

/** The browser's own choice of files, as somebody who picks these. */
async function pick(
  where: Page | FrameLocator,
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  await where.locator("input[type=file]").setInputFiles(files);
}

/** The colour in the middle of an image on the screen: it has really been drawn. */
function colourOf(image: Locator): Promise<number[]> {
  return image.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error("Not an image.");
    await element.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1, 1];
    const context = canvas.getContext("2d");
    context?.drawImage(element, 0, 0, 1, 1);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])]
      .slice(0, 3)
      .map((part) => Math.round(part / 64));
  });
}

async function claim(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log")).toBeVisible();
}

test("C4: images and files go both ways, are seen in full and saved under their names", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const window = await openChatWindow(shop, server);

  // A first message may be a picture alone.
  await pick(window, [await imageFile("teapot.png", "#ff0000")]);
  await expect(window.getByText("teapot.png")).toBeVisible();
  await window.getByRole("button", { name: "Send", exact: true }).click();
  const atVisitor = window.getByRole("button", { name: "Show \u2068teapot.png\u2069 in full" });
  await expect(atVisitor.getByRole("img")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toBeEnabled();
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await expect(page.getByRole("button", { name: /Image/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await claim(page);
  const log = page.getByRole("log");
  const atAgent = log.getByRole("button", { name: "Show teapot.png in full" });
  expect(await colourOf(atAgent.getByRole("img"))).toEqual([4, 0, 0]);
  await expectAccessible(page);

  await atAgent.focus();
  await page.keyboard.press("Enter");
  const full = page.getByRole("dialog", { name: "teapot.png" });
  await expect(full.getByRole("img")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(full).toBeHidden();
  await expect(atAgent).toBeFocused();

  const bill = { name: "发票.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nfour cups") };
  await pick(page, [bill, await imageFile("cup.png", "#0000ff")]);
  const staged = page.getByRole("list", { name: "Files to be sent" });
  await expect(staged.getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
  await write(page, "Your bill and your cup");
  await expect(log.getByText("Your bill and your cup")).toBeVisible();
  await expect(window.getByText("Your bill and your cup")).toBeVisible();
  const download = shop.waitForEvent("download");
  await window.getByRole("button", { name: "Download \u2068发票.pdf\u2069" }).click();
  expect((await download).suggestedFilename()).toBe("发票.pdf");
  const cup = window.getByRole("button", { name: "Show \u2068cup.png\u2069 in full" });
  expect(await colourOf(cup.getByRole("img"))).toEqual([0, 0, 4]);
  await cup.click();
  await expect(window.getByRole("dialog").getByRole("img")).toBeVisible();
  await expectAccessible(shop);
  await shop.keyboard.press("Escape");
  await expect(window.getByRole("dialog")).toBeHidden();
  await expect(window.getByRole("textbox")).toBeVisible();

  const saved = page.waitForEvent("download");
  await log.getByRole("link", { name: "Download 发票.pdf" }).click();
  expect((await saved).suggestedFilename()).toBe("发票.pdf");
  await expect(page.getByRole("link", { name: /Reply: Image/ })).toBeVisible();
});

test("C4: what cannot be sent is told at once, and a pasted or dropped picture waits for Enter", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const window = await openChatWindow(shop, server);
  await write(window, "Show me your cups");
  await claim(page);
  const html = { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<script>alert(1)</script>") };
  await pick(page, [html]);
  await expect(page.getByRole("alert").filter({ hasText: "page.html" })).toContainText("cannot be sent");
  await pick(window, [html]);
  await expect(window.getByRole("alert").filter({ hasText: "page.html" })).toContainText("cannot be sent");

  const bytes = [...(await plainPicture("#00ff00"))];
  for (const kind of ["paste", "drop"] as const) {
    await composerOf(page).evaluate(
      (field, { kind, bytes }) => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(bytes)], `${kind}.png`, { type: "image/png" }));
        field.dispatchEvent(
          kind === "paste"
            ? new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true })
            : new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }),
        );
      },
      { kind, bytes },
    );
  }
  const staged = page.getByRole("list", { name: "Files to be sent" });
  await expect(staged.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Do not send drop.png" }).click();
  await expect(staged.getByRole("listitem")).toHaveCount(1);
  await composerOf(page).press("Enter");
  await expect(window.getByRole("button", { name: /Show .*paste\.png.* in full/ })).toBeVisible();
  await expect(window.getByRole("button", { name: /drop\.png/ })).toHaveCount(0);

  // What the server alone can see it says in its own words.
  await pick(page, [{ name: "fake.png", mimeType: "image/png", buffer: Buffer.from("<html></html>") }]);
  await composerOf(page).press("Enter");
  await expect(page.getByText("The content of this file does not match its name.")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("fake.png")).toHaveCount(0);
});

test("C4: a file that was sent while the server is dead arrives once, also after a reload; another is cancelled", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await enterConsole(page, server);
    const shop = await (await browser.newContext({ locale: "en" })).newPage();
    const window = await openChatWindow(shop, server);
    await pick(window, [await imageFile("before.png", "#ff0000")]);
    await expect(window.getByText("before.png")).toBeVisible();
    await write(window, "first");
    await claim(page);
    const log = page.getByRole("log");
    await expect(log.getByRole("button", { name: "Show before.png in full" })).toBeVisible();
    // What sends files is loaded with the first file.
    await pick(page, [await imageFile("loaded.png", "#ff0000")]);
    await write(page, "second");
    await expect(window.getByText("second")).toBeVisible();

    await server.kill();
    await expect(page.getByText("Connection lost").first()).toBeVisible();
    await pick(page, [
      await imageFile("offline.png", "#00ff00"),
      await imageFile("cancelled.png", "#0000ff"),
    ]);
    await write(page, "from the agent, offline");
    await page.getByRole("button", { name: "Cancel the upload of cancelled.png" }).click();
    await expect(page.getByText("cancelled.png")).toHaveCount(0);
    await pick(window, [await imageFile("mine.png", "#00ff00")]);
    await write(window, "from the customer, offline");
    await server.startAgain();

    await expect(window.getByText("from the agent, offline")).toBeVisible();
    await expect(log.getByText("from the customer, offline")).toBeVisible();
    await page.reload();
    await shop.reload();
    await shop.getByRole("button", { name: "Open chat" }).click();
    for (const [side, dressed] of [
      [log, (name: string) => name],
      [window.getByRole("log"), (name: string) => `\u2068${name}\u2069`],
    ] as const) {
      for (const name of ["before.png", "offline.png", "mine.png"]) {
        await expect(side.getByRole("button", { name: `Show ${dressed(name)} in full` })).toHaveCount(1);
      }
      await expect(side.getByText("cancelled.png")).toHaveCount(0);
    }
  } finally {
    await server.stop();
  }
});

test("C4: a file that something in between refuses says so in both windows, keeps its place, also after a reload, and goes out by hand", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const window = await openChatWindow(shop, server);
  await write(window, "Hello");
  await claim(page);
  const log = page.getByRole("log");
  const sides = [
    { where: page, list: log, retry: "Retry", name: "of-agent.png", by: await blockUploads(page) },
    {
      where: window,
      list: window.getByRole("log"),
      retry: "Send again",
      name: "of-customer.png",
      by: await blockUploads(shop),
    },
  ] as const;
  for (const { where, list, name } of sides) {
    await pick(where, [await imageFile(name, "#ff0000")]);
    await where.getByRole("button", { name: "Send", exact: true }).click();
    await expect(list.getByText("Too large for the server in between.")).toBeVisible();
  }
  // Words go on, and the file does not wander behind them.
  await write(page, "words of the agent");
  await write(window, "words of the customer");
  for (const { list, name } of sides) {
    await expect(list.getByText("words of the agent")).toBeVisible();
    await expect(list.getByText("words of the customer")).toBeVisible();
    expect(await list.innerText()).toMatch(
      new RegExp(`${name}[^]*words of the agent[^]*words of the customer`),
    );
  }
  await page.reload();
  await shop.reload();
  await shop.getByRole("button", { name: "Open chat" }).click();
  for (const { list, name, by } of sides) {
    await expect(list.getByText("Too large for the server in between.")).toBeVisible();
    await expect(list.getByText("words of the customer")).toBeVisible();
    await expect(list.getByText(name)).toBeVisible();
    expect(await list.innerText()).toMatch(new RegExp(`${name}[^]*words of the agent`));
    expect(by.count).toBe(1);
  }
  for (const { list, retry, by } of sides) {
    by.status = 403;
    await list.getByRole("button", { name: retry }).click();
    await expect(list.getByText("Something between you and the server refused it (403).")).toBeVisible();
    expect(by.count).toBe(2);
    by.status = 0;
  }
  await window.getByRole("button", { name: "Send again" }).click();
  await expect(log.getByRole("button", { name: "Show of-customer.png in full" })).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(log.getByText("of-agent.png")).toHaveCount(0);
  expect(sides.map(({ by }) => by.count)).toEqual([2, 3]);
});

/** Answers uploads as a proxy does whose limit is below the file, or as a firewall. Status 0: lets them pass. */
async function blockUploads(page: Page) {
  const blocked = { status: 413, count: 0 };
  await page.route(/\/files\//, async (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    blocked.count += 1;
    if (blocked.status === 0) return route.continue();
    return route.fulfill({ status: blocked.status, contentType: "text/html", body: "<html>No</html>" });
  });
  return blocked;
}
