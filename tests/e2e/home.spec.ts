import { expect, expectAccessible, test } from "./support/fixtures.ts";

const pages = {
  en: { signIn: "Sign in", headline: /Every customer answered/ },
  "zh-Hans": { signIn: "登录", headline: /每位客户都有回应/ },
  "zh-Hant": { signIn: "登入", headline: /每位客戶都有回應/ },
};

for (const [language, { signIn, headline }] of Object.entries(pages)) {
  test(`A3: the home page in ${language} says what Grata is, with the sign-in link at its top`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({ locale: language, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(server.url);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.getByRole("heading", { level: 1, name: headline })).toBeInViewport();
    await expectAccessible(page);
    const link = page.getByRole("banner").getByRole("link", { name: signIn, exact: true });
    await expect(link).toBeInViewport();
    await link.click();
    await expect(page).toHaveURL(/\/sign-in/);
    await context.close();
  });
}

test("A3: the reader can choose another language, in the dark and on a phone too", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({
    locale: "en",
    colorScheme: "dark",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole("link", { name: "繁體中文" }).click();
  await expect(page.getByRole("heading", { level: 1, name: pages["zh-Hant"].headline })).toBeVisible();
  await expectAccessible(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await context.close();
});
