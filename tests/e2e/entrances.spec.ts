import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./support/fixtures.ts";
import { freePort, Server } from "./support/server.ts";

let server: Server;
let addresses: { name: string; number: string; away: string };

test.beforeAll(async () => {
  const nobody = await freePort();
  server = await Server.start((port) => {
    addresses = {
      name: `http://localhost:${port}`,
      number: `http://127.0.0.1:${port}`,
      away: `http://127.0.0.1:${nobody}`,
    };
    return { PUBLIC_URL: Object.values(addresses).join() };
  });
});
test.afterAll(() => server.stop());

/** Makes an entrance slower than it is. */
const slowDown = (page: Page, address: string) =>
  page.route(`${address}/api/entrance`, async (route) => {
    const answer = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.fulfill({ response: answer });
  });

const words = {
  en: { list: "Several entrances, one Grata", fastest: "Fastest from here", away: "Not reachable from here" },
  "zh-Hans": { list: "多个入口，同一个 Grata", fastest: "从此处最快", away: "从此处无法访问" },
  "zh-Hant": { list: "多個入口，同一個 Grata", fastest: "從此處最快", away: "從此處無法連線" },
};

for (const [language, { list, fastest, away }] of Object.entries(words)) {
  test(`A4: the home page in ${language} says which entrance is fastest from here, and which cannot be reached`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ locale: language, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await slowDown(page, addresses.number);
    await page.goto(addresses.number);
    const section = page.getByRole("region", { name: list });
    const items = section.getByRole("listitem");
    await expect(items).toHaveCount(3);
    await expect(items.filter({ hasText: fastest })).toHaveCount(1);
    await expect(items.nth(0)).toContainText(fastest);
    await expect(items.nth(0)).toContainText(/\d+ (ms|毫秒)/);
    await expect(items.nth(1)).toContainText(/\d{4} (ms|毫秒)/);
    await expect(items.nth(2)).toContainText(away);
    await expect(section.getByRole("status")).toContainText(new URL(addresses.name).host);
    await expectAccessible(page);
    await items.nth(0).getByRole("link").click();
    await expect(page).toHaveURL(`${addresses.name}/sign-in`);
    await context.close();
  });
}

test("A4: what is measured moves nothing, on a phone and in the dark too", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "en",
    colorScheme: "dark",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await slowDown(page, addresses.name);
  const place = () => page.locator(".reasons").boundingBox();
  await page.goto(addresses.name, { waitUntil: "domcontentloaded" });
  const section = page.getByRole("region", { name: words.en.list });
  await expect(section.getByRole("status")).toContainText("Measuring");
  const before = await place();
  await expect(section.getByRole("listitem").nth(1)).toContainText(words.en.fastest);
  expect(await place()).toEqual(before);
  await expectAccessible(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await context.close();
});

test("A4: where there is one entrance nothing is asked", async ({ page, server: alone }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(alone.url);
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("region")).toHaveCount(0);
  expect(asked).not.toContain("/api/entrance");
});
