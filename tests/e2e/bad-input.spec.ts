import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, test } from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";

/** What a customer may write or be called, wherever the agent sees it: in the wait list, the chats, the messages. */

const family = "👩‍👩‍👧‍👦";

async function claim(page: Page, text: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: text }).click();
  await expect(page.getByRole("log")).toBeVisible();
}

/** Calls every customer without a name like this, as an identified one could be. */
async function nameCustomers(page: Page, server: Server, name: string): Promise<void> {
  await page.routeWebSocket(/\/realtime/, (socket) => {
    const real = socket.connectToServer();
    real.onMessage((message) =>
      socket.send(
        String(message).replaceAll('"name":null,"reference"', `"name":${JSON.stringify(name)},"reference"`),
      ),
    );
  });
  await enterConsole(page, server);
}

const overflows = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("nav, [role=log], section, header, main")]
      .filter((part) => part.scrollWidth > part.clientWidth + 1)
      .map((part) => part.className),
  );

test("C3, C4: markup and dangerous addresses are text in every place, and only http addresses can be clicked", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const evil = `<img src=x onerror="document.title='owned'"><b>bold</b> javascript:alert(1) data:text/html,x`;
  const customer = await Customer.write(server, evil);
  await claim(page, /javascript:alert/);
  await customer.say("https://example.test/a?b=<script> and ftp://example.test");
  const log = page.getByRole("log");
  await expect(log.getByText(evil)).toBeVisible();
  await expect(log.locator("img, b, script")).toHaveCount(0);
  const links = log.getByRole("link");
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", "https://example.test/a?b=");
  await expect(links).toHaveAttribute("rel", /noopener noreferrer/);
  await expect(page).not.toHaveTitle(/owned/);
});

test("C3, C4: a word of 5,000 letters is folded, and breaks nothing when it is unfolded", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await enterConsole(page, server);
  await Customer.write(server, `begin${"w".repeat(5_000)}`);
  await claim(page, /beginwww/);
  const log = page.getByRole("log");
  const text = log.getByText(/^beginwww/);
  await expect(text).toHaveText(/^.{1000,1510}$/);
  await log.getByRole("button", { name: "Show the whole message" }).click();
  await expect(text).toHaveText(/^.{5005}$/);
  expect(await overflows(page)).toEqual([]);
});

test("C3, C4: controls of direction turn neither our lines nor an address", async ({ page, server }) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "\u202eturned around\u2067 bidi");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  const waiting = page.getByRole("button", { name: /turned around bidi/ });
  expect(await waiting.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  await waiting.click();
  const line = page.getByRole("link", { name: /turned around bidi/ });
  expect(await line.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  await customer.say("\u202ehttps://evil.example/moc.knab");
  const address = page.getByRole("log").getByRole("link");
  await expect(address).toHaveText("https://evil.example/moc.knab");
  // Isolated, it begins at the left with its own first letter.
  await expect(address).toHaveCSS("unicode-bidi", "isolate");
  await expect(address).toHaveCSS("direction", "ltr");
  await customer.say("مرحبا، كيف حالكم؟");
  await expect(page.getByRole("log").getByText("مرحبا")).toHaveCSS("direction", "rtl");
});

test("C3, C4: an emoji of many parts is whole in lists and messages", async ({ page, server }) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, `${family} families`);
  await customer.say(family.repeat(300));
  await claim(page, new RegExp(`${family} families`));
  const shown = await page.getByRole("log").locator("div[dir=auto]").last().innerText();
  expect(shown.replaceAll(family, "")).toBe("…");
  await expect(page.getByRole("link", { name: new RegExp(family) }).first()).toBeVisible();
});

test("C3, C4: a name that is markup, turned around or very long stays in its place", async ({
  page,
  server,
}) => {
  const name = `\u202e<b>${"Maximiliane ".repeat(9)}`;
  await nameCustomers(page, server, name);
  await Customer.write(server, "my name is long");
  await claim(page, /my name is long/);
  const shown = `<b>${"Maximiliane ".repeat(9)}`.trim();
  await expect(page.getByRole("heading", { level: 2, name: shown })).toBeVisible();
  await expect(page.getByRole("link", { name: /my name is long/ })).toContainText(shown);
  await expect(page.getByRole("textbox", { name: `Message to ${shown}` })).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Details" })).toContainText(shown);
  await page.setViewportSize({ width: 360, height: 640 });
  expect(await overflows(page)).toEqual([]);
});

for (const [kind, name] of [
  ["empty", ""],
  ["invisible", "\u200b\u202e \u3164"],
] as const) {
  test(`C3, C4: a customer with an ${kind} name is a visitor with four characters`, async ({
    page,
    server,
  }) => {
    await nameCustomers(page, server, name);
    await Customer.write(server, `my name is ${kind}`);
    await claim(page, new RegExp(`Visitor [\\dA-Z]{4}.*my name is ${kind}`));
    await expect(page.getByRole("heading", { level: 2, name: /^Visitor [\dA-Z]{4}$/ })).toBeVisible();
  });
}

for (const hours of [3, -3]) {
  test(`C3, C4: a clock that is ${hours} hours off tells no customer from yesterday or tomorrow`, async ({
    page,
    server,
  }) => {
    await page.addInitScript((offset) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + offset;
    }, hours * 3_600_000);
    await enterConsole(page, server);
    await Customer.write(server, `my clock is right, yours is ${hours} off`);
    await page.getByRole("button", { name: "Show the wait list" }).click();
    const waiting = page.getByRole("button", { name: new RegExp(`yours is ${hours} off`) });
    await expect(waiting).toContainText(/Waiting \d+ sec/);
    await waiting.click();
    const line = page.getByRole("link", { name: new RegExp(`yours is ${hours} off`) });
    await expect(line).toContainText(/for your reply for \d+ sec/);
    await expect(page.getByRole("log").getByRole("heading", { name: "Today" })).toBeVisible();
  });
}
