import {
  admin,
  composerOf,
  enterConsole,
  expect,
  openChatWindow,
  phoneAgent,
  test,
} from "./support/fixtures.ts";

const words = [
  { locale: "zh-CN", lang: "zh-Hans", signIn: "登录", refused: "邮箱地址与密码不匹配", window: "发送" },
  { locale: "zh-TW", lang: "zh-Hant", signIn: "登入", refused: "電子郵件地址與密碼不符", window: "傳送" },
];

for (const { locale, lang, signIn, refused, window: send } of words) {
  test(`B4: a browser in ${locale} gets every page and every sentence in its own language`, async ({
    page,
    browser,
    server,
  }) => {
    await enterConsole(page, server);
    const reader = await (await browser.newContext({ locale })).newPage();
    await reader.goto(`${server.url}/sign-in`);
    await expect(reader.locator("html")).toHaveAttribute("lang", lang);
    await reader.getByRole("textbox").first().fill("nobody@example.test");
    await reader.getByRole("textbox").nth(1).fill("whatever it was");
    await reader.getByRole("button", { name: signIn, exact: true }).click();
    await expect(reader.getByRole("alert")).toContainText(refused);
    await reader.goto(`${server.url}/try`);
    await reader.locator("grata-webchat").getByRole("button").first().click();
    const chat = reader.frameLocator("iframe");
    await expect(chat.getByRole("button", { name: send })).toBeVisible();
    await expect(chat.locator("html")).toHaveAttribute("lang", lang);
  });
}

test("B4: the language that a user chooses is theirs in every browser, and in all their tabs after a reload", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  await page.getByRole("button", { name: /^Menu of/ }).click();
  const kept = page.waitForResponse(
    (answer) => answer.request().method() === "PATCH" && answer.url().endsWith("/api/session"),
  );
  await page.getByRole("menuitemradio", { name: "繁體中文" }).click();
  await expect(page.getByRole("heading", { name: "目前對話" })).toBeVisible();
  expect((await kept).ok()).toBe(true);
  const elsewhere = await (await browser.newContext({ locale: "en", userAgent: phoneAgent })).newPage();
  await elsewhere.goto(`${server.url}/sign-in`);
  await elsewhere.getByLabel("E-mail address").fill(admin.email);
  await elsewhere.getByRole("textbox", { name: "Password" }).fill(admin.password);
  await elsewhere.keyboard.press("Enter");
  await expect(elsewhere.getByRole("heading", { name: "目前對話" })).toBeVisible();
  // Back again, for the tests that share this server.
  await elsewhere.getByRole("button", { name: /Ada Admin/ }).click();
  const restored = elsewhere.waitForResponse((answer) => answer.request().method() === "PATCH");
  await elsewhere.getByRole("menuitemradio", { name: "English" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Current chats" })).toBeVisible();
  await restored;
  await page.reload();
  await expect(page.getByRole("heading", { name: "Current chats" })).toBeVisible();
});

test("C4: a phone of 360 pixels shows a whole chat without scrolling sideways", async ({
  page,
  browser,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await enterConsole(page, server);
  const shop = await (
    await browser.newContext({ locale: "en", viewport: { width: 360, height: 640 } })
  ).newPage();
  const window = await openChatWindow(shop, server);
  await window.getByRole("textbox").fill(`${"w".repeat(300)} and more`);
  await window.getByRole("textbox").press("Enter");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("and more")).toBeVisible();
  for (const narrow of [page, shop]) {
    const overflow = await narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  await expect(page.getByRole("button", { name: "Close chat" })).toBeInViewport({ ratio: 1 });
  await expect(composerOf(page)).toBeInViewport({ ratio: 1 });
});
