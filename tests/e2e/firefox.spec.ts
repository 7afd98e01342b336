import { expect, test } from "@playwright/test";
import { launchFirefox, named, reads } from "./support/firefox.ts";
import { admin } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

test("A3, C3, C4, C8, D1, H1: the main path in Firefox", async () => {
  const server = await Server.start();
  const firefox = await launchFirefox();
  try {
    const page = await firefox.browser.newPage();
    await page.goto(server.setUpLink);
    await named(page, "textbox", "Organisation").fill(admin.organisation);
    await named(page, "textbox", "Your name").fill(admin.name);
    await named(page, "textbox", "E-mail address").fill(admin.email);
    await page.locator("input[type=password]").fill(admin.password);
    await named(page, "button", "Create organisation").click();
    await reads(page, "Connected");

    const shop = await (await firefox.browser.createBrowserContext()).newPage();
    await shop.goto(`${server.url}/try`);
    await shop.locator(">>> button").click();
    const window = await (await shop.waitForSelector(">>> iframe"))?.contentFrame();
    if (!window) throw new Error("The chat window did not open.");
    await window.locator("textarea").fill("Do you have oolong? 有乌龙茶吗");
    await shop.keyboard.press("Enter");
    await reads(window, "Do you have oolong? 有乌龙茶吗");

    await page.bringToFront();
    await page.locator("button ::-p-text(Next Chat)").click();
    await reads(page, "Do you have oolong? 有乌龙茶吗");
    await page.locator("textarea").fill("We do: three kinds.");
    await page.keyboard.press("Enter");
    await reads(window, "We do: three kinds.");

    await page.locator("button::-p-aria(Close chat)").click();
    await reads(page, "No open chats");
    expect(new URL(page.url()).pathname).toBe("/console");
  } finally {
    await firefox.close();
    await server.stop();
  }
});
