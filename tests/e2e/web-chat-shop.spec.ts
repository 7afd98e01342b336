import { enterConsole, expect, test, write } from "./support/fixtures.ts";
import { openChat, Shop, snippetOf } from "./support/shop.ts";

type ShopPage = Parameters<typeof Shop.open>[0];

const shops: Shop[] = [];
test.afterEach(() => {
  for (const shop of shops.splice(0)) shop.close();
});

test.beforeEach(({ page, server }) => enterConsole(page, server));

async function openShop(server: Parameters<typeof snippetOf>[0], page: ShopPage = () => ({})): Promise<Shop> {
  const shop = await Shop.open(page, await snippetOf(server));
  shops.push(shop);
  return shop;
}

const hostile: Record<string, ShopPage> = {
  "loads the snippet twice": (snippet) => ({ snippet: snippet + snippet }),
  "has it in its head": (snippet) => ({ head: snippet, snippet: "" }),
  "styles everything": () => ({
    head: `<style>* { all: unset !important } button, iframe, section, grata-webchat { display: none !important }
      html { font-size: 40px !important }</style>`,
  }),
  "forbids the microphone": () => ({ headers: { "permissions-policy": "microphone=()" } }),
  "has a policy of its own": (snippet) => {
    const origin = new URL(snippet.match(/src="([^"]+)/)?.[1] ?? "").origin;
    const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}`;
    return { headers: { "content-security-policy": policy } };
  },
};

for (const [what, shopPage] of Object.entries(hostile)) {
  test(`D1: a page that ${what} has one chat, which works`, async ({ context, server }) => {
    const shop = await openShop(server, shopPage);
    const visitor = await context.newPage();
    await visitor.goto(shop.url);
    const chat = await openChat(visitor);
    await write(chat, "Do you have oolong?");
    await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
    await expect(visitor.locator("grata-webchat")).toHaveCount(1);
    await expect(visitor.locator("grata-webchat iframe")).toHaveCount(1);
    const box = await visitor.locator("grata-webchat").getByRole("button").boundingBox();
    expect([box?.width, box?.height]).toEqual([56, 56]);
    await visitor.close();
  });
}

test("D1: a page that throws the chat away, whole or in part, gets it back with what was said", async ({
  context,
  server,
}) => {
  const shop = await openShop(server);
  const visitor = await context.newPage();
  await visitor.goto(shop.url);
  const chat = await openChat(visitor);
  await write(chat, "Still here?");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  const ways = {
    "its body emptied": () => {
      document.body.innerHTML = "<main>Another page</main>";
    },
    "a new body": () => {
      document.documentElement.replaceChild(document.createElement("body"), document.body);
    },
    "the host removed": () => document.querySelector("grata-webchat")?.remove(),
    "the frame removed": () =>
      document.querySelector("grata-webchat")?.shadowRoot?.querySelector("iframe")?.remove(),
  };
  for (const [way, destroy] of Object.entries(ways)) {
    await visitor.evaluate(destroy);
    await expect(chat.getByText("Still here?"), way).toBeVisible();
  }
  await visitor.close();
});

test("D1: a site that may not carry the chat shows none, and its makers are told why", async ({
  page,
  browser,
  context,
  server,
}) => {
  const ask = { headers: { origin: server.url } };
  const address = `${server.url}/api/channels/web-chat`;
  const made = await page.request.post(address, { ...ask, data: { name: "Strict" } });
  const { id, settings, snippet } = await made.json();
  const allow = (origin: string) =>
    page.request.put(`${address}/${id}`, { ...ask, data: { ...settings, allowedOrigins: [origin] } });
  await allow("https://shop.example");
  const shop = await Shop.open(() => ({}), snippet);
  shops.push(shop);
  const visitor = await context.newPage();
  const told = visitor.waitForEvent("console", (message) => message.text().includes(shop.url));
  await visitor.goto(shop.url);
  expect((await told).text()).toContain("not among the sites");
  await expect(visitor.locator("grata-webchat")).toHaveCount(0);

  await allow(shop.url);
  const later = await (await browser.newContext({ locale: "en" })).newPage();
  await later.goto(shop.url);
  await expect(later.getByRole("button", { name: "Open chat" })).toBeVisible();
  await later.context().close();
  await visitor.close();
});

test("D1: in a single-page application the agent sees on which of its pages the chat began", async ({
  page,
  context,
  server,
}) => {
  const shop = await openShop(server);
  const visitor = await context.newPage();
  await visitor.goto(`${shop.url}/home`);
  const chat = await openChat(visitor);
  await visitor.evaluate(() => {
    history.pushState(null, "", "/tea/oolong?tin=150#basket");
    document.title = "Oolong <b>150 g</b>";
  });
  await write(chat, "This one?");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  const { connectAgent } = await import("./support/agent.ts");
  const agent = await connectAgent(page, server);
  const { conversation } = await agent.request("conversation.claimNext", { order: "newest" });
  expect(conversation.source.page).toEqual({
    url: `${shop.url}/tea/oolong?tin=150`,
    title: "Oolong <b>150 g</b>",
  });
  agent.close();
  await visitor.close();
});

for (const blocked of ["the frame's", "every"]) {
  test(`D1: with ${blocked} storage blocked the chat works as long as it can`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({ locale: "en" });
    await context.addInitScript((all) => {
      const refuse = () => {
        throw new DOMException("blocked", "SecurityError");
      };
      if (all || window !== top) {
        Object.defineProperty(window, "localStorage", { get: refuse });
        Object.defineProperty(window, "sessionStorage", { get: refuse });
      }
    }, blocked === "every");
    const shop = await openShop(server);
    const visitor = await context.newPage();
    await visitor.goto(shop.url);
    const chat = await openChat(visitor);
    await write(chat, "Anybody here?");
    await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
    await visitor.reload();
    await openChat(visitor);
    await expect(chat.getByRole("log")).toHaveAttribute("aria-busy", "false");
    // The page keeps who the visitor is where the frame cannot.
    await expect(chat.getByText("Anybody here?")).toHaveCount(blocked === "every" ? 0 : 1);
    await context.close();
  });
}

test("D1: a slow line delays nothing of the page, and the chat comes when it can", async ({
  context,
  server,
}) => {
  const shop = await openShop(server);
  const visitor = await context.newPage();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await visitor.route("**/loader.js", async (route) => {
    await held;
    await route.continue();
  });
  await visitor.goto(shop.url, { waitUntil: "domcontentloaded" });
  await expect(visitor.getByRole("heading", { name: "Tea" })).toBeVisible();
  const session = await context.newCDPSession(visitor);
  await session.send("Network.enable");
  // Slow 3G as browsers' own tools have it.
  const line = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await session.send("Network.emulateNetworkConditions", line);
  release();
  const chat = await openChat(visitor);
  await expect(visitor.locator("grata-webchat section")).toBeVisible();
  await write(chat, "Slowly");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  await visitor.close();
});

test("D1: a clock that is three hours wrong changes no time in the window", async ({ browser, server }) => {
  const context = await browser.newContext({ locale: "en", timezoneId: "UTC" });
  const shop = await openShop(server);
  const visitor = await context.newPage();
  await visitor.clock.setSystemTime(Date.now() - 3 * 3_600_000);
  await visitor.goto(shop.url);
  const chat = await openChat(visitor);
  await write(chat, "What time is it?");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  const shown = await chat.locator(".message time").first().getAttribute("datetime");
  expect(Math.abs(Date.parse(shown ?? "") - Date.now())).toBeLessThan(60_000);
  await context.close();
});

test("D1: a page that is not made for phones has a chat of the right size on a phone, upright and turned", async ({
  browser,
  server,
}) => {
  const shop = await openShop(server);
  const context = await browser.newContext({
    locale: "en",
    viewport: { width: 390, height: 760 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  const visitor = await context.newPage();
  await visitor.goto(shop.url);
  /** A box as the reader sees it: the page is shrunk. */
  const seen = (selector: string) =>
    visitor.evaluate((wanted) => {
      const root = document.querySelector("grata-webchat")?.shadowRoot;
      const { x, y, width, height } = root?.querySelector(wanted)?.getBoundingClientRect() ?? new DOMRect();
      const shrunk = (visualViewport?.width ?? 1) / 390;
      return [x, y, width, height].map((length) => Math.round(length / shrunk));
    }, selector);
  // Chromium, like all of them, lays such a page out as wide as a desk.
  expect(await visitor.evaluate(() => document.documentElement.clientWidth)).toBe(980);
  await expect.poll(async () => (await seen("button")).slice(2)).toEqual([56, 56]);
  await visitor.getByRole("button", { name: "Open chat" }).tap();
  const chat = visitor.frameLocator("grata-webchat iframe");
  await write(chat, "Do you have oolong?");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  const [x, y, width, height = 0] = await seen("section");
  expect([x, y, width]).toEqual([0, 0, 390]);
  expect(Math.abs(height - 760)).toBeLessThan(3);
  expect(await chat.locator("html").evaluate(() => innerWidth)).toBe(390);

  await visitor.setViewportSize({ width: 760, height: 390 });
  await expect.poll(() => chat.locator("html").evaluate(() => innerWidth)).toBe(760);
  // By its place, in pixels of the page: the driver does not know of frames that are scaled. It takes a turned page a
  // moment to know where its frames lie.
  const shrunk = 980 / 760;
  await expect(async () => {
    await visitor.touchscreen.tap((760 - 30) * shrunk, 35 * shrunk);
    await expect(visitor.getByRole("button", { name: "Open chat" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await context.close();
});
