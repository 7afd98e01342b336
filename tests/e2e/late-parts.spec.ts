import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import {
  closeUnanswered,
  composerOf,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  test,
} from "./support/fixtures.ts";
import { builtParts, lateImports, plainLazies } from "./support/late-parts.ts";
import type { Server } from "./support/server.ts";
import { join, send } from "./support/team.ts";
import { type Way, waysToParts } from "./support/ways-to-parts.ts";

const draft = "half a sentence";
const oneWay = ["late", "latePart", "partTexts"];
/** Without these two there is no first page, so nothing can be said in the reader's language. */
const firstTexts = [
  "ui/texts/en.json",
  "ui/texts/zh-Hans.json",
  "ui/texts/zh-Hant.json",
  "../contract/src/sentences/errors",
];
/** Reached by other tests of theirs: each needs an account with a second step. */
const behindSecondStep = ["account/factors/second-step.tsx", "account/factors/required-page.tsx"];

const failure = (page: Page) => page.locator("[data-late=failed]").filter({ visible: true });
const backAgain = (page: Page) => page.evaluate(() => dispatchEvent(new Event("online")));

/** The files of one part of the console. */
function filesOf(part: string): string[] {
  const files = builtParts("console").get(part);
  if (!files) throw new Error(`No part of the console that loads late has the source ${part}.`);
  return files;
}

/** Takes the files of one part away, as a lost network would. */
async function takeAway(page: Page, part: string) {
  const files = filesOf(part);
  const address = (url: URL) => files.includes(url.pathname.slice(1));
  await page.route(address, (route) => route.abort("internetdisconnected"));
  return { address, giveBack: () => page.unroute(address) };
}

/** A chat in whose composer something is typed; its customer had another one, and sent a file and a voice message. */
async function openDesk(page: Page, server: Server): Promise<string> {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "An earlier chat");
  await serve(page, /An earlier chat/);
  await closeUnanswered(page);
  await expect(page.getByRole("button", { name: "Close chat" })).toHaveCount(0);
  await customer.openAgain("Where is my tea?");
  await serve(page, /Where is my tea/);
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({
      name: "leaf.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("leaf"),
    });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("leaf.txt")).toBeVisible();
  await speak(page);
  await composerOf(page).fill(draft);
  return page.url();
}

async function speak(page: Page): Promise<void> {
  const box = await page.getByRole("button", { name: "Voice message: hold to talk" }).boundingBox();
  if (!box) throw new Error("There is no button to hold.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await expect(page.locator("form").getByText(/^0:0[1-9]$/)).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole("log").getByRole("group", { name: /^Voice message/ })).toBeVisible();
}

async function serve(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name }).click();
  await expect(composerOf(page)).toBeVisible();
}

/** Opens a part whose files do not come, and sees it come by itself when they do. */
async function loseAndFind(page: Page, part: string, address: string, way: Way): Promise<void> {
  page.setDefaultTimeout(40_000);
  const { address: files, giveBack } = await takeAway(page, part);
  const asked = page.waitForEvent("requestfailed", (request) => files(new URL(request.url())));
  await page.goto(address);
  const inConsole = new URL(address).pathname.startsWith("/console");
  if (inConsole) await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await way.open?.(page);
  if (way.shown) await expect(failure(page).first()).toBeVisible();
  else await asked;
  if (inConsole) await expect(page.getByRole("banner", { includeHidden: true }).first()).toBeVisible();
  if (way.at === "chat") await expect(composerOf(page)).toHaveValue(draft);
  await expect(page.getByText("This page could not be shown")).toHaveCount(0);

  const came = way.shown ? undefined : page.waitForResponse((request) => files(new URL(request.url())));
  await giveBack();
  await backAgain(page);
  await came;
  if (way.shown) await expect(way.shown(page)).toBeVisible();
  await expect(failure(page)).toHaveCount(0);
  if (way.at === "chat") await expect(composerOf(page)).toHaveValue(draft);
}

test("C4: every part of the console that loads late does so in the one way, and is tried here", () => {
  const others = lateImports("console/src").filter(({ by }) => !by.some((name) => oneWay.includes(name)));
  expect(others).toEqual([]);
  expect(plainLazies("console/src")).toEqual([]);
  const tried = [...Object.keys(waysToParts), ...firstTexts, ...behindSecondStep];
  expect([...builtParts("console").keys()].filter((part) => !tried.includes(part))).toEqual([]);
});

test("C4: a part of a chat that cannot be loaded says so in its place, and comes when the network is back", async ({
  page,
  server,
}) => {
  test.setTimeout(600_000);
  const chat = await openDesk(page, server);
  for (const [part, way] of Object.entries(waysToParts).filter(([, { at }]) => at === "chat")) {
    await test.step(part, () => loseAndFind(page, part, chat, way));
  }
});

test("C4: a page that cannot be loaded says so below the bar, and comes when the network is back", async ({
  page,
  server,
  browser,
}) => {
  test.setTimeout(600_000);
  await enterConsole(page, server);
  const { member } = await join(page, server, browser);
  const { user } = await send(page, server, "GET", "/api/session");
  const [webChat] = (await (await page.request.get(`${server.url}/try`)).text()).match(/[\da-f-]{36}/) ?? [];
  const places: Record<string, string> = {
    user: `/console/admin/users/${user.id}`,
    agent: `/console/admin/users/${member.id}`,
    "web-chat": `/console/admin/web-chat/${webChat}`,
  };
  for (const [part, way] of Object.entries(waysToParts).filter(
    ([, { at }]) => !outside(at) && at !== "chat",
  )) {
    const address = `${server.url}${places[way.at] ?? way.at}`;
    await test.step(part, () => loseAndFind(page, part, address, way));
  }
});

test("C4: a page before the console that cannot be loaded says so, and comes when the network is back", async ({
  page,
  server,
}) => {
  for (const [part, way] of Object.entries(waysToParts).filter(([, { at }]) => outside(at))) {
    await test.step(part, () => loseAndFind(page, part, `${server.url}${way.at}`, way));
  }
});

test("C4: once the desk is loaded, all of it works without a network", async ({ page, server, context }) => {
  const loaded = new Set<string>();
  page.on("requestfinished", (request) => loaded.add(new URL(request.url()).pathname.slice(1)));
  await openDesk(page, server);
  const parts = [...builtParts("console")];
  const ofDesk = ["customers/details", "shell/shortcuts", "shell/layout", "settings"].flatMap((room) => {
    const found = parts.filter(([part]) => part.startsWith(`${room}/`));
    expect(found, room).not.toEqual([]);
    return found;
  });
  const missing = () => ofDesk.filter(([, files]) => !files.every((file) => loaded.has(file)));
  await expect.poll(missing).toEqual([]);
  await context.setOffline(true);
  await press(page, "Insert an emoji");
  const search = page.getByRole("textbox", { name: "Search emoji" });
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search).toBeHidden();
  await press(page, "Close chat");
  await expect(page.getByRole("dialog", { name: "Close this chat?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Command bar" })).toBeVisible();
  await page.keyboard.press("Escape");
  await composerOf(page).fill("/tea");
  await expect(page.getByRole("dialog", { name: "Quick replies" }).getByRole("alert")).toBeVisible();
  await composerOf(page).fill(draft);
  await press(page, /^Menu of /);
  await page.getByRole("menuitem", { name: "My Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My Settings" })).toBeVisible();
  await context.setOffline(false);
  await expect(failure(page)).toHaveCount(0);
});

test("C4: after an upgrade of the server one reload is offered, only where the server answers, and the draft stays", async ({
  page,
  server,
  context,
}) => {
  const chat = await openDesk(page, server);
  const gone = [
    "chat/emoji/emoji-picker.tsx",
    "customers/details/details-panel.tsx",
    "chat/quick-replies/quick-replies.tsx",
  ].flatMap(filesOf);
  let asked = 0;
  const isGone = (url: URL) => gone.includes(url.pathname.slice(1));
  await page.route(isGone, (route) => {
    asked += 1;
    return route.fulfill({ status: 404, contentType: "application/json", body: "{}" });
  });
  await page.goto(chat);
  // Stands in for the page of a newer server.
  await page.route(`${server.url}/console`, async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({
      body: body.replace(/console-[\w-]+\.js/, "console-newer.js"),
      contentType: "text/html",
    });
  });
  await press(page, "Insert an emoji");
  await expect(failure(page)).toHaveCount(3);
  const offer = page.getByRole("alert").filter({ hasText: "A new version of Grata is available." });
  await expect(offer).toHaveCount(1);
  await expect(composerOf(page)).toHaveValue(draft);
  const askedOnce = asked;
  await expectAccessible(page);

  await page.unroute(`${server.url}/console`);
  await context.setOffline(true);
  await offer.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("The server cannot be reached.").first()).toBeVisible();
  await expect(composerOf(page)).toHaveValue(draft);
  await context.setOffline(false);
  expect(asked).toBe(askedOnce);

  await page.unroute(isGone);
  await page.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(page.getByRole("button", { name: "Quick replies" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reload", exact: true })).toHaveCount(0);
  await expect(composerOf(page)).toHaveValue(draft);
});

test("D1: a part of the chat window that cannot be loaded says so, comes by itself, and after an upgrade offers a reload", async ({
  page,
  server,
}) => {
  const parts = builtParts("widget");
  const taken = [...parts].flatMap(([part, files]) => (part.includes("visitor-files") ? [] : files));
  const isTaken = (url: URL) => taken.includes(url.pathname.slice(1));
  await page.route(isTaken, (route) => route.abort("internetdisconnected"));
  await enterConsole(page, server);
  const chat = await openChatWindow(page, server);
  await composerOf(chat).fill(draft);
  const missing = chat.getByRole("button", { name: "This could not be loaded. Try again" });
  await expect(missing).toHaveCount(1);
  await chat.getByRole("button", { name: "Emoji", exact: true }).click();
  await expect(missing).toHaveCount(2);
  await expect(composerOf(chat)).toHaveValue(draft);
  await page.unroute(isTaken);
  await chat.locator("body").evaluate(() => dispatchEvent(new Event("online")));
  await expect(missing).toHaveCount(0);
  await expect(chat.getByRole("button", { name: "Voice message: hold to talk" })).toBeVisible();
  await expect(chat.locator(".picker button").first()).toBeVisible();

  await page.route(isTaken, (route) => route.fulfill({ status: 404, body: "{}" }));
  await page.reload();
  await page.route(/\/webchat\/[\da-f-]{36}/, async (route) => {
    if (route.request().resourceType() !== "fetch") return route.continue();
    const body = await (await route.fetch()).text();
    return route.fulfill({ body: body.replace(/frame-[\w-]+\.js/, "frame-newer.js") });
  });
  await press(page, "Open chat");
  await expect(chat.getByText("The chat was updated.")).toHaveCount(1);
  await expect(composerOf(chat)).toHaveValue(draft);
  await page.unrouteAll();
  await chat.getByRole("button", { name: "Reload the chat" }).click();
  await expect(chat.getByRole("button", { name: "Voice message: hold to talk" })).toBeVisible();
  await expect(chat.getByText("The chat was updated.")).toHaveCount(0);
  await expect(composerOf(chat)).toHaveValue(draft);
});

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const outside = (at: string) => /^\/(sign-in|recover|invitation|set-up)/.test(at);
