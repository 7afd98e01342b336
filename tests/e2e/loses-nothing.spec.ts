import { composerOf, enterConsole, expect, openChatWindow, test, write } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

test("C4: what both sides type while the server is dead arrives once, in order, also after a reload", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await enterConsole(page, server);
    const shop = await (await browser.newContext({ locale: "en" })).newPage();
    const window = await openChatWindow(shop, server);
    await write(window, "first");
    await page.getByRole("button", { name: "Next Chat" }).click();
    const log = page.getByRole("log");
    await expect(log.getByText("first")).toBeVisible();

    await server.kill();
    await expect(page.getByText("Connection lost").first()).toBeVisible();
    await write(window, "from the customer, offline 1");
    await write(window, "from the customer, offline 2");
    await write(page, "from the agent, offline");
    await expect(log.getByText("from the agent, offline")).toBeVisible();
    await server.startAgain();

    await expect(log.getByText("from the customer, offline 2")).toBeVisible();
    await expect(window.getByText("from the agent, offline")).toBeVisible();
    await page.reload();
    await shop.reload();
    await shop.getByRole("button", { name: "Open chat" }).click();
    for (const side of [log, window.getByRole("log")]) {
      for (const text of ["first", "offline 1", "offline 2", "from the agent, offline"]) {
        await expect(side.getByText(text)).toHaveCount(1);
      }
      const all = (await side.allInnerTexts()).join("\n");
      expect(all.indexOf("offline 1")).toBeLessThan(all.indexOf("offline 2"));
    }
  } finally {
    await server.stop();
  }
});

test("C4: a draft survives a reload", async ({ page, browser, server }) => {
  await enterConsole(page, server);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const window = await openChatWindow(shop, server);
  await write(window, "a question");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("a question")).toBeVisible();
  await composerOf(page).fill("half an ans");
  await window.getByRole("textbox").fill("half a ques");
  await page.reload();
  await shop.reload();
  await shop.getByRole("button", { name: "Open chat" }).click();
  await expect(composerOf(page)).toHaveValue("half an ans");
  await expect(window.getByRole("textbox")).toHaveValue("half a ques");
});
