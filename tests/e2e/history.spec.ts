import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { enterConsole, enterWithKeys, expect, expectAccessible, test, write } from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";

const results = (page: Page) => page.getByRole("list", { name: /^(Messages|Chats)$/ });
const words = (page: Page) => page.getByRole("searchbox", { name: "Words in messages" });
const log = (page: Page) => page.getByRole("log");

/** The chat of a customer who has just written this, taken by the agent. */
async function take(page: Page, server: Server, text: string): Promise<Customer> {
  const customer = await Customer.write(server, text);
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: new RegExp(text) }).click();
  await expect(log(page).getByText(text)).toBeVisible();
  return customer;
}

async function openHistory(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitem", { name: "History" }).click();
  await expect(page.getByRole("heading", { name: "History", level: 1 })).toBeVisible();
}

test("F4, B11: what was said is found by two characters, marked, and opened at its place", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await take(page, server, "我想申请退款");
  await write(page, "The refund is on its way");
  await expect(log(page).getByText("The refund is on its way")).toBeVisible();
  await customer.sayMany(90, (number) => `thank you ${number}`);
  await expect(log(page).getByText("thank you 90", { exact: true })).toBeVisible();
  await openHistory(page);
  await expect(results(page).getByRole("link", { name: /我想申请退款/ })).toBeVisible();
  await expectAccessible(page);

  await words(page).fill("退");
  await words(page).fill("退款");
  const hit = results(page).getByRole("link", { name: /我想申请退款/ });
  await expect(hit.locator("mark")).toHaveText("退款");
  await hit.click();
  // Far above the newest: it is led to, and marked.
  const found = log(page).locator("[data-looked]");
  await expect(found).toContainText("我想申请退款");
  await expect(found).toBeInViewport();
  await expect(page.getByText("Served by Ada Admin")).toBeVisible();
  await expectAccessible(page);

  await words(page).fill("refund");
  await expect(results(page).getByRole("link")).toHaveCount(1);
  await expect(results(page).getByText("Ada Admin:")).toBeVisible();
  await page.reload();
  await expect(words(page)).toHaveValue("refund");
  await expect(results(page).locator("mark")).toHaveText("refund");
});

test("F4, B11: history is narrowed down by customer, member, channel, tag and day", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await take(page, server, "a question about lychees");
  const panel = page.getByRole("complementary", { name: "Details" });
  await panel.getByRole("button", { name: "Change: Name" }).press("Enter");
  await panel.getByLabel("Name", { exact: true }).fill("Mei Lychee");
  await page.keyboard.press("Enter");
  await panel.getByLabel("Add a tag").first().fill("Fruit");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: "Remove the tag Fruit" })).toBeVisible();
  await take(page, server, "a question about walnuts");
  await openHistory(page);
  const [lychees, walnuts] = [/about lychees/, /about walnuts/].map((name) =>
    results(page).getByRole("link", { name }),
  );
  if (!lychees || !walnuts) throw new Error("There are two.");
  const clear = page.getByRole("button", { name: "Clear filters" });
  await expect(lychees).toBeVisible();
  await expect(walnuts).toBeVisible();

  await page.getByRole("button", { name: "Customer All customers" }).click();
  await page.getByRole("searchbox", { name: /^Name, e-mail/ }).fill("lychee");
  await page.getByRole("button", { name: /Mei Lychee/ }).click();
  await expect(page.getByRole("button", { name: "Customer Mei Lychee" })).toBeVisible();
  await expect(walnuts).toBeHidden();
  await expect(lychees).toBeVisible();
  await clear.click();

  await expect(walnuts).toBeVisible();
  await page.getByRole("combobox", { name: "Tag" }).selectOption("Fruit");
  await expect(walnuts).toBeHidden();
  await expect(lychees).toBeVisible();
  await page.getByRole("combobox", { name: "Team member" }).selectOption({ label: "Ada Admin" });
  await page.getByRole("combobox", { name: "Channel" }).selectOption({ index: 1 });
  await expect(lychees).toBeVisible();
  await page.getByLabel("Until").fill("2020-01-01");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await expectAccessible(page);
  await clear.first().click();
  await expect(walnuts).toBeVisible();
  // From the panel beside a chat straight to what its customer said before.
  await page.goto(`${server.url}/console`);
  await page.getByRole("link", { name: /Mei Lychee/ }).click();
  await panel.getByRole("link", { name: "Search in their chats" }).click();
  await expect(page.getByRole("button", { name: "Customer Mei Lychee" })).toBeVisible();
  await expect(walnuts).toBeHidden();
  await expect(lychees).toBeVisible();
});

test("C10, F4: the command bar finds customers and words, and leads to history", async ({ page, server }) => {
  await enterWithKeys(page, server);
  const customer = await Customer.write(server, "somebody with a durian", {
    contact: { name: "Dora Durian", email: "dora@fruit.example" },
  });
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toContainText("1");
  const bar = page.getByRole("combobox", { name: /Search for a chat/ });
  await page.keyboard.press("Control+k");
  await expect(bar).toBeFocused();
  await page.keyboard.type("dora dur");
  await page
    .getByRole("group", { name: "Customers" })
    .getByRole("option", { name: /Dora Durian/ })
    .click();
  await expect(page.getByRole("button", { name: "Customer Dora Durian" })).toBeVisible();
  await expect(results(page).getByRole("link", { name: /somebody with a durian/ })).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await expect(bar).toBeFocused();
  await page.keyboard.type("durian 榴莲");
  const chosen = page.getByRole("listbox", { name: "Command bar" }).getByRole("option", { selected: true });
  await expect(chosen).toHaveText("Search messages for “durian 榴莲”");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(words(page)).toHaveValue("durian 榴莲");
  await expect(page.getByText("Nothing found")).toBeVisible();
  customer.leave();
});

test("F4: by the keyboard alone, and on a narrow screen one step after the other", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await enterConsole(page, server);
  const customer = await Customer.write(server, "the narrow path");
  await page.goto(`${server.url}/console/history`);
  await words(page).focus();
  await page.keyboard.type("narrow");
  const hit = results(page).getByRole("link", { name: /the narrow path/ });
  // The line of the chat gives way to that of the message.
  await expect(hit.locator("mark")).toHaveText("narrow");
  await hit.focus();
  await page.keyboard.press("Enter");
  await expect(log(page).getByText("the narrow path")).toBeVisible();
  await expect(words(page)).toBeHidden();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to the list" }).press("Enter");
  await expect(hit).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const tag = page.getByRole("combobox", { name: "Tag" });
  await expect(tag).toBeHidden();
  await page.getByRole("button", { name: "Filters", exact: true }).press("Enter");
  await expect(tag).toBeVisible();
  await expectAccessible(page);
  customer.leave();
});
