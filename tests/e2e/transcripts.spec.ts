import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import {
  admin,
  closeUnanswered,
  composerOf,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  phoneAgent,
  test,
  write,
} from "./support/fixtures.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });

async function take(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: new RegExp(text) }).click();
  await expect(page.getByRole("log").getByText(text)).toBeVisible();
}

/** Saves what a line of the menu leads to, by the keyboard alone. */
async function save(page: Page, name: string): Promise<{ name: string; text: string; path: string }> {
  const button = page.getByRole("button", { name: "Download transcript" }).last();
  await button.press("Enter");
  const item = page.getByRole("menuitem", { name });
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  const saving = page.waitForEvent("download");
  await item.press("Enter");
  const download = await saving;
  const path = await download.path();
  return { name: download.suggestedFilename(), text: await readFile(path, "utf8"), path };
}

test("F4, B11: a chat is saved as a page, as data and as a table, by the keyboard", async ({
  page,
  server,
  browser,
}) => {
  await enterConsole(page, server);
  await Customer.write(server, `a <b>bold</b> "word"`);
  await take(page, "a <b>bold</b>");
  await write(page, "=1+1 is two");
  await expect(page.getByRole("log").getByText("=1+1 is two")).toBeVisible();

  const data = await save(page, "Data (JSON)");
  expect(data.name).toMatch(/^chat-[\dA-F]{4}-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(data.text).entries).toMatchObject([
    { text: `a <b>bold</b> "word"`, author: { kind: "customer" } },
    { kind: "claimed" },
    { text: "=1+1 is two", author: { kind: "user", name: admin.name } },
  ]);
  const table = await save(page, "Table (CSV)");
  expect(table.text).toContain(`"'=1+1 is two"`);
  expect(table.text.startsWith("\uFEFF")).toBe(true);

  const saved = await save(page, "Page to read and print (HTML)");
  expect(saved.text).not.toContain("<b>bold");
  const context = await browser.newContext({ colorScheme: "dark" });
  const read = await context.newPage();
  const complaints: string[] = [];
  read.on("console", (message) => complaints.push(message.text()));
  await read.setContent(saved.text);
  await expect(read.getByText(`a <b>bold</b> "word"`)).toBeVisible();
  // Its own look is let through by its own policy.
  expect(await read.locator("main").evaluate((main) => getComputedStyle(main).maxWidth)).toBe("768px");
  await expectAccessible(read);
  expect(complaints).toEqual([]);
  await context.close();
});

/** The chat of a visitor with a browser of their own, taken by the agent, with a word of each. */
async function converse(page: Page, window: Awaited<ReturnType<typeof openChatWindow>>): Promise<void> {
  await write(window, "my secret recipe");
  await take(page, "my secret recipe");
  await write(page, "we keep it");
  await expect(window.getByText("we keep it")).toBeVisible();
}

async function erase(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("This cannot be undone.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Erase for good" })).toBeDisabled();
  const code =
    (await dialog.getByText(/Type \w{4} to confirm/).textContent())?.match(/Type (\w{4})/)?.[1] ?? "";
  await dialog.getByRole("textbox").fill("nope");
  await expect(dialog.getByRole("button", { name: "Erase for good" })).toBeDisabled();
  await dialog.getByRole("textbox").fill(code);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}

test("F4: a customer is erased: it is gone from both sides' screens, and from the browser", async ({
  page,
  server,
  browser,
}) => {
  await enterConsole(page, server);
  const theirs = await browser.newContext();
  const visitor = await theirs.newPage();
  const window = await openChatWindow(visitor, server);
  await converse(page, window);
  await composerOf(page).fill("half a sentence about the recipe");
  const elsewhere = await openElsewhere(page);

  await details(page)
    .getByRole("button", { name: /^Erase the data of/ })
    .press("Enter");
  await erase(page);

  await expect(page.getByText("The customer’s data is being erased.")).toBeVisible();
  for (const side of [page, window, elsewhere]) {
    await expect(side.getByText("my secret recipe")).toHaveCount(0);
    await expect(side.getByText("we keep it")).toHaveCount(0);
  }
  await expect(page.getByText("half a sentence about the recipe")).toHaveCount(0);
  const kept = () =>
    page.evaluate(() =>
      Object.entries(localStorage)
        .map(([key, value]) => `${key}: ${value}`)
        .join("\n"),
    );
  await expect.poll(kept).not.toContain("recipe");

  await write(window, "hello, I am new here");
  await take(page, "hello, I am new here");
  await expect(details(page).getByText("This is the first chat.")).toBeVisible();
  await theirs.close();
});

/** A second place where the same admin has the chat on screen. */
async function openElsewhere(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole("log").getByText("my secret recipe")).toBeVisible();
  return other;
}

test("F4: an earlier chat that somebody reads while it is erased says so instead", async ({
  page,
  server,
  browser,
}) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "first secret");
  await take(page, "first secret");
  await closeUnanswered(page);
  await customer.openAgain("second word");
  await take(page, "second word");
  await details(page)
    .getByRole("button", { name: /first secret/ })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("log").getByText("first secret")).toBeVisible();
  const transcript = await save(page, "Table (CSV)");
  expect(transcript.text).toContain("first secret");

  const context = await browser.newContext({ userAgent: phoneAgent, viewport: { width: 360, height: 740 } });
  const colleague = await context.newPage();
  await enterConsole(colleague, server);
  await colleague.goto(`${server.url}/console/admin/customer-data`);
  const code = await page.evaluate(async (id) => {
    const answer = await fetch(`/api/conversations/${id}/transcript?format=json`);
    return (await answer.json()).conversation.customer.reference as string;
  }, customer.conversationId);
  await colleague.getByRole("searchbox").fill(code);
  await expectAccessible(colleague);
  const exporting = colleague.waitForEvent("download");
  await colleague.getByRole("link", { name: /^Export the data of/ }).click();
  expect((await exporting).suggestedFilename()).toBe(`customer-${code}.zip`);
  await colleague.getByRole("button", { name: /^Erase the data of/ }).click();
  await erase(colleague);
  await expect(
    colleague.getByText("Nobody found. Somebody who was erased is not found any more."),
  ).toBeVisible();

  await expect(dialog.getByText("first secret")).toHaveCount(0);
  await expect(page.getByText("second word")).toHaveCount(0);
  await context.close();
});

test("F4: how long chats are kept is set apart from the rest, and asks first", async ({ page, server }) => {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/organisation`);
  const select = page.getByLabel("Erase what was said in closed chats");
  await expect(select).toHaveValue("");
  await select.selectOption("365");
  const form = page.locator("form").filter({ has: select });
  await form.getByRole("button", { name: "Set the period" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Erase what is older than 365 days?")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await form.getByRole("button", { name: "Set the period" }).click();
  await dialog.getByRole("button", { name: "Erase and save" }).click();
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await expect(select).toHaveValue("365");
  await select.selectOption("");
  await form.getByRole("button", { name: "Set the period" }).click();
  await expect(page.getByText("Saved").first()).toBeVisible();
  await page.reload();
  await expect(select).toHaveValue("");
});
