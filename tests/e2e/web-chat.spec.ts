import { createHmac } from "node:crypto";
import { connectAgent } from "./support/agent.ts";
import { enterConsole, expect, expectAccessible, test, write } from "./support/fixtures.ts";
import { channelOf, openChat, Shop, snippetOf } from "./support/shop.ts";

test("E4: while nobody is there the window takes a message and an address, and says no more than is true", async ({
  page,
  browser,
}) => {
  const { Server } = await import("./support/server.ts");
  const server = await Server.start();
  try {
    // The organisation is there, its console is not open.
    await enterConsole(page, server);
    await page.goto("about:blank");
    const visitor = await (await browser.newContext({ locale: "en" })).newPage();
    await visitor.goto(`${server.url}/try`);
    const chat = await openChat(visitor);
    await expect(async () => {
      await visitor.reload();
      await openChat(visitor);
      await expect(chat.getByLabel("Your e-mail address")).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(chat.getByText("we will get back to you")).toBeVisible();
    await expectAccessible(visitor);
    await chat.getByLabel("Your message").fill("Open on Sunday?");
    await chat.getByLabel("Your e-mail address").fill("mei@example");
    await chat.getByRole("button", { name: "Leave message" }).click();
    await expect(chat.getByText("Enter an e-mail address")).toBeVisible();
    await expect(chat.getByLabel("Your e-mail address")).toBeFocused();
    await chat.getByLabel("Your e-mail address").fill("mei@example.test");
    await chat.getByLabel("Your name").fill("<b>Mei</b> \u202e");
    await chat.getByRole("button", { name: "Leave message" }).click();
    await expect(chat.getByRole("log").getByText("Open on Sunday?")).toBeVisible();
    await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
    const agent = await connectAgent(page, server);
    const { conversation } = await agent.request("conversation.claimNext", { order: "longest" });
    expect(conversation.customer).toMatchObject({ email: "mei@example.test", identified: false });
    agent.close();
  } finally {
    await server.stop();
  }
});

test("C11, D1: the window shows who answers, that they write, and on its button what was not read", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  const visitor = await context.newPage();
  await visitor.goto(`${server.url}/try`);
  const chat = await openChat(visitor);
  await write(chat, "Hello?");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  const agent = await connectAgent(page, server);
  const { conversation } = await agent.request("conversation.claimNext", { order: "newest" });
  const conversationId = conversation.id;
  await expect(chat.locator("header").getByText("Ada Admin")).toBeVisible();
  await agent.request("conversation.typing", { conversationId, typing: true });
  await expect(chat.getByText("Ada Admin\u2069 is writing")).toBeAttached();
  await visitor.keyboard.press("Escape");
  await expect(visitor.getByRole("button", { name: "Open chat" })).toBeFocused();
  const say = (text: string) =>
    agent.request("message.send", { conversationId, clientId: crypto.randomUUID(), text });
  await say("Yes?");
  await say("Anything else?");
  await expect(visitor.getByRole("button", { name: "Open chat, 2 unread" })).toHaveText("2");
  await visitor.keyboard.press("Enter");
  await expect(chat.getByText("Anything else?")).toBeVisible();
  await expect(chat.getByText("is writing")).toHaveCount(0);
  await expect(visitor.getByRole("button", { name: "Close chat" }).first()).toBeVisible();
  agent.close();
});

test("D1: whatever is written, the window shows it as text and keeps its shape", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  const admin = page.request;
  const channel = await channelOf(server);
  const listed = await (await admin.get(`${server.url}/api/channels/web-chat`)).json();
  const { settings } = listed.channels.find(({ id }: { id: string }) => id === channel);
  const markup = '<img src=x onerror="document.title=1"> {{7*7}}';
  const odd = { title: `${markup} \u202eesrever`, greeting: `${"W".repeat(400)}\u202e`, offline: "" };
  const save = (texts: object) =>
    admin.put(`${server.url}/api/channels/web-chat/${channel}`, {
      headers: { origin: server.url },
      data: { ...settings, texts },
    });
  expect((await save({ ...settings.texts, en: odd })).ok()).toBe(true);
  const visitor = await context.newPage();
  await visitor.setViewportSize({ width: 360, height: 640 });
  await visitor.goto(`${server.url}/try`);
  const chat = await openChat(visitor);
  await expect(chat.getByRole("heading")).toContainText(markup);
  const texts = [
    markup,
    "javascript:alert(1) and https://user:pass@evil.example/ and https://shop.example/tea?a=1.",
    "x".repeat(5_000),
    "\u202e\u2066right to left\u200f",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "مرحبا بالعالم",
  ];
  for (const text of texts) await write(chat, text);
  await expect(chat.locator(".bubble")).toHaveCount(texts.length);
  await expect(chat.locator(".bubble").first()).toHaveText(markup);
  const agent = await connectAgent(page, server);
  const { conversation } = await agent.request("conversation.claimNext", { order: "newest" });
  for (const text of texts) {
    const clientId = crypto.randomUUID();
    await agent.request("message.send", { conversationId: conversation.id, clientId, text });
  }
  await expect(chat.locator(".message:not(.own) .bubble")).toHaveCount(texts.length);
  const links = chat.locator(".bubble a");
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))).toEqual(
    Array(2).fill("https://shop.example/tea?a=1"),
  );
  await expect(links.first()).toHaveAttribute("rel", /noopener/);
  const overflow = await chat
    .locator("main")
    .evaluate(({ ownerDocument }) =>
      [ownerDocument.documentElement, ...ownerDocument.querySelectorAll(".messages")].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    );
  expect(overflow).toEqual([0, 0]);
  await expect(visitor).not.toHaveTitle("1");
  expect((await save(settings.texts)).ok()).toBe(true);
  agent.close();
});

test("D1: a page opens, hides and shows the chat, and hears when it can", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  const visitor = await context.newPage();
  await visitor.addInitScript(() =>
    addEventListener("grataReady", () => document.body.setAttribute("data-heard", "")),
  );
  await visitor.goto(`${server.url}/try`);
  await expect(visitor.locator("body[data-heard]")).toBeVisible();
  const button = visitor.locator("grata-webchat").getByRole("button");
  await visitor.evaluate(() => window.grata?.hide());
  await expect(visitor.locator("grata-webchat")).toHaveCount(0);
  await visitor.evaluate(() => window.grata?.show());
  await expect(button).toBeVisible();
  await visitor.evaluate(() => window.grata?.open());
  await expect(visitor.frameLocator("grata-webchat iframe").getByRole("textbox")).toBeVisible();
  await visitor.evaluate(() => window.grata?.close());
  await expect(button).toHaveAttribute("aria-expanded", "false");
  for (const mark of ["id", "class"]) {
    await visitor.evaluate((name) => {
      document
        .querySelector("main")
        ?.insertAdjacentHTML("beforeend", `<a ${name}="grata-open"><b>Ask ${name}</b></a>`);
    }, mark);
    await visitor.getByText(`Ask ${mark}`).click();
    await expect(button).toHaveAttribute("aria-expanded", "true");
    await visitor.evaluate(() => window.grata?.close());
  }
});

test("D1: a customer whom the shop vouches for is the same on every device, and nobody else after it", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const channel = await channelOf(server);
  const made = await page.request.post(`${server.url}/api/channels/web-chat/${channel}/secret`, {
    headers: { origin: server.url },
    data: { endFormer: true },
  });
  const { secret } = await made.json();
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const sign = (sub: string, exp = Math.floor(Date.now() / 1_000) + 600) => {
    const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub, exp, name: "Mei Lin" })}`;
    return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
  };
  const device = async () => {
    const visitor = await (await browser.newContext({ locale: "en" })).newPage();
    await visitor.goto(`${server.url}/try`);
    await expect(visitor.getByRole("button", { name: "Open chat" })).toBeVisible();
    return { visitor, chat: visitor.frameLocator("grata-webchat iframe") };
  };
  const identify = (visitor: (typeof phone)["visitor"], token: string) =>
    visitor.evaluate(async (identity) => {
      const answered = window.grata?.identify(identity);
      window.grata?.open();
      return (await answered)?.code;
    }, token);
  const phone = await device();
  await phone.visitor.evaluate(() => window.grata?.open());
  await write(phone.chat, "before I signed in");
  await expect(phone.chat.getByText("Sent", { exact: true })).toBeVisible();
  expect(await identify(phone.visitor, sign("customer-7"))).toBeNull();
  await expect(phone.chat.getByText("before I signed in")).toHaveCount(0);
  await write(phone.chat, "signed in");
  await expect(phone.chat.getByText("Sent", { exact: true })).toBeVisible();

  const laptop = await device();
  expect(await identify(laptop.visitor, sign("customer-7"))).toBeNull();
  await expect(laptop.chat.getByText("signed in")).toBeVisible();
  await expect(laptop.chat.getByText("before I signed in")).toHaveCount(0);
  await laptop.visitor.evaluate(() => window.grata?.logout());
  await laptop.visitor.evaluate(() => window.grata?.open());
  await expect(laptop.chat.getByRole("log")).toHaveAttribute("aria-busy", "false");
  await expect(laptop.chat.getByText("signed in")).toHaveCount(0);

  expect(await identify(laptop.visitor, sign("customer-7", 1_000_000))).toBe("identity_expired");
  expect(await identify(laptop.visitor, `${sign("customer-7")}x`)).toBe("identity_invalid");
  await write(laptop.chat, "still somebody");
  await expect(laptop.chat.getByText("Sent", { exact: true })).toBeVisible();

  const snippet = (await snippetOf(server)).replace(
    "script ",
    `script data-identity="${sign("customer-7")}" `,
  );
  const shop = await Shop.open(() => ({}), snippet);
  const tablet = await (await browser.newContext({ locale: "en" })).newPage();
  await tablet.goto(shop.url);
  await expect((await openChat(tablet)).getByText("signed in")).toBeVisible();
  shop.close();
});

test("D1: on a phone the window is the whole screen, keeps the focus, and lets go of it", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({
      locale: "en",
      colorScheme,
      viewport: { width: 360, height: 640 },
    });
    const visitor = await context.newPage();
    await visitor.goto(`${server.url}/try`);
    const chat = await openChat(visitor);
    await write(chat, "Hi 👍 https://shop.example");
    await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
    await chat.getByRole("button", { name: "Emoji" }).click();
    await chat.getByRole("group", { name: "Food" }).getByRole("button").first().click();
    await expect(chat.getByRole("textbox")).toHaveValue("🍎");
    await expectAccessible(visitor);
    expect(await visitor.locator("grata-webchat iframe").boundingBox()).toEqual({
      x: 0,
      y: 0,
      width: 360,
      height: 640,
    });
    const close = chat.getByRole("button", { name: "Close chat" });
    await chat.getByRole("button", { name: "Send" }).focus();
    await visitor.keyboard.press("Tab");
    await expect(close).toBeFocused();
    await visitor.keyboard.press("Shift+Tab");
    await expect(chat.getByRole("button", { name: "Send" })).toBeFocused();
    await visitor.keyboard.press("Escape");
    await expect(visitor.getByRole("button", { name: "Open chat" })).toBeFocused();
    await context.close();
  }
});

test("B1, D1: an admin makes a web chat, sets it up, copies its line and checks a page", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/web-chat`);
  await expect(page.getByRole("heading", { level: 1, name: "Web chat" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Name of the new web chat").fill("Outlet");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Outlet" })).toBeVisible();
  await page.getByLabel("Allowed sites").fill("shop.example");
  await page.getByLabel("Greeting").fill("Welcome <b>in</b>");
  await page.getByRole("textbox", { name: "Colour", exact: true }).fill("#ffcc00");
  await page.getByText("Left", { exact: true }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByText("Welcome <b>in</b>")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This is not the address of a site").first()).toBeVisible();
  await page.getByLabel("Allowed sites").fill("https://shop.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Open windows show it when they are next loaded.")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel("Allowed sites")).toHaveValue("https://shop.example");
  await expect(page.getByText(/loader\.js/)).toContainText(page.url().split("/").at(-1) ?? "");

  const check = async (url: string) => {
    await page.getByLabel("Address of the page").fill(url);
    await page.getByRole("button", { name: "Check" }).click();
  };
  await check(`${server.url}/try`);
  await expect(page.getByText("The page carries the snippet of another channel.")).toBeVisible();
  await check("http://10.0.0.1/");
  await expect(page.getByText("The address leads into a private network")).toBeVisible();
  await check("javascript:alert(1)");
  await expect(page.getByText("Something in this request is not as expected.")).toBeVisible();

  await page.getByRole("button", { name: "Make a secret" }).click();
  await expect(page.getByText("it is shown only this once")).toBeVisible();
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new secret" }).click();
  await expect(page.getByText("The former secret is still taken until")).toBeVisible();
});
