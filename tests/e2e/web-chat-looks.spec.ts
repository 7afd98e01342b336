import type { WebChat } from "@grata/contract/web-chat";
import { enterConsole, expect, test } from "./support/fixtures.ts";
import { Shop } from "./support/shop.ts";
import { send } from "./support/team.ts";

/** What an admin sets under Channels > Web chat, as a visitor of the shop finds it. */

test("D1: the launcher and the window have the side, the colour and the words that were set, in the visitor's language", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const { id, settings, snippet }: WebChat = await send(page, server, "POST", "/api/channels/web-chat", {
    name: "Tea counter",
  });
  const words = { title: "茶铺", greeting: "想喝点什么茶？", offline: "" };
  const texts = { ...settings.texts, "zh-Hans": words };
  const set = { ...settings, position: "left", colour: "#7a1fa2", texts };
  await send(page, server, "PUT", `/api/channels/web-chat/${id}`, set);
  const shop = await Shop.open(() => ({}), snippet);
  const visitor = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await visitor.goto(shop.url);
  const button = visitor.locator("grata-webchat").getByRole("button");
  await expect(button).toHaveCSS("background-color", "rgb(122, 31, 162)");
  expect((await button.boundingBox())?.x).toBe(20);
  await button.click();
  const chat = visitor.frameLocator("grata-webchat iframe");
  await expect(chat.getByRole("heading", { name: "茶铺" })).toBeVisible();
  await expect(chat.getByText("想喝点什么茶？")).toBeVisible();
  shop.close();
});

test("D1: without our launcher the page's own button opens the window, and has the focus again when it closes", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const { id, settings, snippet }: WebChat = await send(page, server, "POST", "/api/channels/web-chat", {
    name: "Own button",
  });
  await send(page, server, "PUT", `/api/channels/web-chat/${id}`, { ...settings, launcher: false });
  const shop = await Shop.open(() => ({ body: '<button id="grata-open">Ask us</button>' }), snippet);
  const visitor = await (await browser.newContext({ locale: "en" })).newPage();
  await visitor.goto(shop.url);
  await visitor.waitForFunction(() => window.grata !== undefined);
  await expect(visitor.locator("grata-webchat").getByRole("button")).toHaveCount(0);
  const own = visitor.getByRole("button", { name: "Ask us" });
  await own.focus();
  await visitor.keyboard.press("Enter");
  await expect(visitor.frameLocator("grata-webchat iframe").getByRole("textbox")).toBeFocused();
  await visitor.keyboard.press("Escape");
  await expect(own).toBeFocused();
  shop.close();
});
