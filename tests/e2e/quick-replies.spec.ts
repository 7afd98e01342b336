import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { admin, enterConsole, expect, expectAccessible, test, write } from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";
import { confirm, join, send } from "./support/team.ts";

/** Quick replies: what the composer offers, and where they are written. */

const hello = {
  name: "Hello",
  category: "Welcome",
  texts: { en: "Hello $username, this is $agentname.", "zh-Hans": "$username您好，我是$agentname。" },
};

const make = (page: Page, server: Server, body: object = {}, path = "/api/quick-replies") =>
  send(page, server, "POST", path, { ...hello, ...body });

/** Takes away what another test of this worker has written. */
async function clear(page: Page, server: Server): Promise<void> {
  for (const path of ["/api/quick-replies", "/api/own-quick-replies"]) {
    const { quickReplies } = await send(page, server, "GET", `${path}?limit=200`);
    const ids = quickReplies.map(({ id }: { id: string }) => id);
    if (ids.length > 0) await send(page, server, "POST", `${path}/delete`, { ids });
  }
}

async function begin(page: Page, server: Server): Promise<void> {
  await enterConsole(page, server);
  await clear(page, server);
}

async function serve(page: Page, server: Server, text: string): Promise<void> {
  await Customer.write(server, text);
  await claim(page, text);
}

async function claim(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: new RegExp(text) }).click();
  await expect(page.getByRole("log").getByText(text)).toBeVisible();
  await expect(page.getByRole("button", { name: "Quick replies" })).toBeVisible();
}

const field = (page: Page) => page.getByRole("textbox", { name: /^Message to/ });
const panel = (page: Page) => page.getByRole("dialog", { name: "Quick replies" });

test("C10: a slash finds a quick reply by keys alone, puts it into the composer to be changed, and sends nothing", async ({
  page,
  server,
}) => {
  await begin(page, server);
  await make(page, server);
  await make(page, server, { name: "Opening hours", category: "Shop", texts: { en: "From nine to five." } });
  await make(
    page,
    server,
    { name: "Own words", category: "", texts: { en: "Mine" } },
    "/api/own-quick-replies",
  );
  await serve(page, server, "what a slash does");
  await field(page).pressSequentially("Well: /");
  await expect(panel(page).getByRole("option")).toHaveCount(3);
  await expect(panel(page).getByRole("option").first()).toContainText("Own words");
  await expectAccessible(page);
  await page.keyboard.type("opening h");
  await expect(panel(page).getByRole("option")).toHaveCount(1);
  await expect(panel(page).getByRole("option")).toContainText(/Opening hours.*Shop.*From nine to five\./);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("Well: From nine to five.");
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.type(" Welcome!");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("Well: From nine to five. Welcome!")).toBeVisible();

  await page.keyboard.type("/");
  await expect(panel(page).getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(panel(page).getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("/");
  await page.keyboard.type("o");
  await expect(panel(page)).toHaveCount(0);
  await field(page).fill("");

  // Faster than any answer: still the reply, and not the command, and to nobody yet.
  await page.keyboard.type("/hello");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue(`Hello there, this is ${admin.name}.`);
  await field(page).fill("");
  await page.keyboard.type("/nothing-like-it");
  await expect(panel(page).getByRole("paragraph")).toContainText("No quick reply matches");
  await page.keyboard.press("Enter");
  await expect(panel(page)).toHaveCount(0);
  await expect(field(page)).toHaveValue("/nothing-like-it");
  await expect(page.getByRole("log").getByText(/hello|nothing/i)).toHaveCount(0);
});

test("C10: the button opens them with a field of its own, and the text comes where the cursor was", async ({
  page,
  server,
}) => {
  await begin(page, server);
  await make(page, server);
  await serve(page, server, "what the button does");
  await field(page).fill("Before after");
  await field(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(7, 7));
  const button = page.getByRole("button", { name: "Quick replies" });
  await button.click();
  const search = page.getByRole("combobox", { name: "Search quick replies" });
  await expect(search).toBeFocused();
  await page.keyboard.type("welcome");
  await expect(panel(page).getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(panel(page).getByRole("option")).toContainText("客户您好");
  await expect(search).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue(`Before 客户您好，我是${admin.name}。after`);
  await button.click();
  await expect(search).toBeFocused();
  await button.click();
  await expect(panel(page)).toHaveCount(0);
  await button.click();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(field(page)).toBeFocused();
});

test("C10: a customer gets their own language, else there is what there is; whatever stands in a text is text", async ({
  page,
  browser,
  server,
}) => {
  await begin(page, server);
  const odd = "{{constructor}} <img src=x onerror=alert(1)> $username";
  await make(page, server);
  await make(page, server, { name: "<b>Odd</b>", category: "", texts: { en: odd } });
  const context = await browser.newContext({ locale: "zh-CN" });
  const shop = await context.newPage();
  await shop.goto(`${server.url}/try`);
  await shop.locator("button").last().click();
  await write(shop.frameLocator("iframe"), "请问营业时间");
  await claim(page, "请问营业时间");
  await field(page).pressSequentially("/hello");
  await expect(panel(page).getByRole("option")).toHaveCount(1);
  await expect(panel(page).getByRole("option")).toContainText("客户您好");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue(`客户您好，我是${admin.name}。`);
  await field(page).fill("");
  await field(page).pressSequentially("/odd");
  await expect(panel(page).getByRole("option")).toHaveCount(1);
  await expect(panel(page).getByRole("option")).toContainText("<b>Odd</b>English");
  await expect(panel(page).getByRole("option")).toContainText(
    "{{constructor}} <img src=x onerror=alert(1)> customer",
  );
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("{{constructor}} <img src=x onerror=alert(1)> customer");
  await context.close();
});

test("C10: an admin writes, finds, changes and deletes them; what is wrong is told at its field", async ({
  page,
  server,
}) => {
  await begin(page, server);
  await page.goto(`${server.url}/console/admin/quick-replies`);
  await expect(page.getByText("No quick replies yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New quick reply" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Enter a name.")).toBeVisible();
  await expect(dialog.getByText("Write the text in one language at least.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Name", { exact: true }).fill("Delivery");
  await dialog.getByLabel("Category").fill("Shop");
  await dialog.getByLabel("繁體中文").fill("三天");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "Delivery" })).toContainText(/三天.*Shop.*繁/);

  await page.getByRole("button", { name: "Delivery" }).click();
  await dialog.getByLabel("English").fill("Three days");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Three days" })).toContainText("EN 繁");
  await make(page, server);
  await page.getByLabel("Search").fill("three");
  await expect(page.getByText("1 quick reply", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/search=three/);
  await page.getByLabel("Search").fill("nothing");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByText("2 quick replies", { exact: true })).toBeVisible();
  await page.getByLabel("Category").selectOption("Welcome");
  await expect(page.getByText("1 quick reply", { exact: true })).toBeVisible();
  await page.getByRole("checkbox", { name: "Select Hello" }).check();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toContainText("Delete 1 quick reply?");
  await expectAccessible(page);
  await confirm(page, "Delete");
  await expect(page.getByText("1 quick reply deleted")).toBeVisible();
  await page.goto(`${server.url}/console/admin/audit-log`);
  await expect(page.getByRole("listitem").filter({ hasText: "Deleted a quick reply" }).first()).toBeVisible();
});

test("C10: a file of two thousand lines is taken in with its good lines, found, taken out and deleted as a whole", async ({
  page,
  server,
}) => {
  test.setTimeout(360_000);
  await begin(page, server);
  await page.goto(`${server.url}/console/admin/quick-replies`);
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog");
  const choose = async (name: string, text: string) => {
    const chooser = page.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Choose a file" }).click();
    await (await chooser).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  };
  await choose("wrong.csv", "Hello,world\n1,2");
  await expect(dialog.getByRole("alert")).toContainText("no heading");
  const good = Array.from(
    { length: 2_000 },
    (_, index) => `"Reply ${index}","Part ${index % 7}","=1+${index}"`,
  );
  const bad = ['"Reply 1","Part 1","again"', ",,nameless", "No text,,", "a,b,c,d"];
  await choose("many.csv", `\uFEFF${["name,category,en", ...good, ...bad].join("\r\n")}`);
  await expect(dialog.getByText("many.csv: 2,004 lines")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Import 2,004 lines" }).click();
  await expect(dialog.getByText("2,000 quick replies added")).toBeVisible();
  await expect(dialog.getByText("4 lines were not taken:")).toBeVisible();
  await expect(dialog.getByRole("listitem")).toHaveText([
    /Line 2,002 Reply 1: .*line 3 already/,
    /Line 2,003: Enter a name\./,
    /Line 2,004 No text: Write the text/,
    /Line 2,005 a: It has more cells/,
  ]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText(/^2,000 quick replies\b.*Page 1$/)).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("quick-replies.csv");
  const saved = await readFile(await file.path(), "utf8");
  expect(saved.split("\r\n")).toHaveLength(2_002);
  expect(saved).toContain(`"Reply 7","Part 0","'=1+7","",""`);
  await page.getByRole("button", { name: "Import" }).click();
  await choose("same.csv", saved);
  await dialog.getByLabel("What is there already").selectOption("replace");
  await dialog.getByRole("button", { name: "Import 2,000 lines" }).click();
  await expect(dialog.getByText("2,000 were the same already")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();

  await serve(page, server, "one of two thousand");
  await field(page).pressSequentially("/reply 1999");
  await expect(panel(page).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("=1+1999");
  await field(page).fill("/");
  await expect(panel(page).getByText("1,970 more: type to narrow")).toBeVisible();
  await page.keyboard.press("Escape");
  await field(page).fill("");

  await page.goto(`${server.url}/console/admin/quick-replies`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await page.getByRole("button", { name: "Select all 2,000 found" }).click();
  await expect(page.getByText("2,000 selected")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await confirm(page, "Delete");
  await expect(page.getByText("No quick replies yet")).toBeVisible();
});

test("C10: an agent has a page for their own, and sees no page for everybody's", async ({
  page,
  browser,
  server,
}) => {
  await begin(page, server);
  await make(page, server);
  const { their } = await join(page, server, browser);
  await their.getByRole("button", { name: /Mei Lin/ }).click();
  await their.getByRole("menuitem", { name: "My quick replies" }).click();
  await expect(their.getByRole("heading", { level: 1, name: "My quick replies" })).toBeVisible();
  await their.getByRole("button", { name: "New quick reply" }).click();
  await their.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Only mine");
  await their.getByRole("dialog").getByLabel("English").fill("A text of my own");
  await their.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(their.getByRole("row").filter({ hasText: "Only mine" })).toBeVisible();
  await expectAccessible(their);
  await serve(their, server, "served by an agent");
  await field(their).pressSequentially("/");
  await expect(panel(their).getByRole("option")).toHaveText([/Only mine.*Mine/, /Hello/]);
  await their.goto(`${server.url}/console/admin/quick-replies`);
  await expect(their).toHaveURL(/\/console$/);
  await serve(page, server, "served by the admin");
  await field(page).pressSequentially("/");
  await expect(panel(page).getByRole("option")).toHaveText([/Hello/]);
});
