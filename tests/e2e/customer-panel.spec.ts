import type { Page } from "@playwright/test";
import { connectAgent } from "./support/agent.ts";
import { Customer } from "./support/customer.ts";
import { closeUnanswered, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });

/** The chat of a customer who has just written this, open on the page. */
async function take(page: Page, server: Server, text: string): Promise<Customer> {
  const customer = await Customer.write(server, text);
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: new RegExp(text) }).click();
  await expect(page.getByRole("log").getByText(text)).toBeVisible();
  return customer;
}

/** Writes a value into a line of the panel, by the keyboard alone. */
async function fill(page: Page, field: string, value: string): Promise<void> {
  await details(page)
    .getByRole("button", { name: `Change: ${field}` })
    .press("Enter");
  await details(page).getByLabel(field, { exact: true }).fill(value);
  await page.keyboard.press("Enter");
}

test("C9: name, address, phone, tags and notes are written beside the chat, and stay", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await take(page, server, "who am I to you");
  const panel = details(page);
  await fill(page, "Name", "Mei <b>Lin</b>");
  await expect(page.getByRole("heading", { name: "Mei <b>Lin</b>" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Mei <b>Lin<\/b>/ })).toBeVisible();
  await expect(panel.getByRole("button", { name: "Change: Name" })).toBeFocused();
  await fill(page, "E-mail address", "nobody");
  await expect(panel.getByText("Enter a whole e-mail address, such as name@example.com.")).toBeVisible();
  await page.keyboard.press("Escape");
  await fill(page, "E-mail address", "mei@tea.example");
  await expect(panel.getByText("mei@tea.example")).toBeVisible();
  await fill(page, "Phone", "+86 21 5555 0100");
  await expect(panel.getByText("+86 21 5555 0100")).toBeVisible();

  const tag = panel.getByRole("combobox", { name: "Add a tag" }).or(panel.getByLabel("Add a tag"));
  await tag.first().fill("VIP");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: "Remove the tag VIP" })).toBeVisible();
  await panel.getByLabel("Add the note").first().fill("Prefers green tea\nand no sugar");
  await page.keyboard.press("Control+Enter");
  await expect(panel.getByText("Prefers green tea")).toBeVisible();
  await expect(panel.getByText(/Ada Admin ·/)).toBeVisible();
  await panel.getByLabel("Add the note").first().fill("half a thought");
  await expectAccessible(page);

  await page.reload();
  await expect(panel.getByText("mei@tea.example")).toBeVisible();
  await expect(panel.getByLabel("Add the note").first()).toHaveValue("half a thought");
  await panel.getByLabel("Add the note").first().fill("");
  await panel.getByRole("button", { name: "Remove the tag VIP" }).click();
  await expect(panel.getByRole("button", { name: "Remove the tag VIP" })).toHaveCount(0);
  await panel.getByRole("button", { name: "Delete the note" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the note" }).click();
  await expect(panel.getByText("Prefers green tea")).toHaveCount(0);
});

test("C9: what a colleague writes shows at once; over a line that is being edited it is told, not lost", async ({
  page,
  server,
  context,
}) => {
  await enterConsole(page, server);
  const { conversationId } = await take(page, server, "two at once");
  const other = await context.newPage();
  await other.goto(`${server.url}/console/chats/${conversationId}`);
  await expect(details(other).getByRole("button", { name: "Change: Phone" })).toBeVisible();
  await fill(page, "Phone", "111 111");
  await expect(details(other).getByText("111 111")).toBeVisible();

  await details(other).getByRole("button", { name: "Change: Phone" }).click();
  await details(other).getByLabel("Phone", { exact: true }).fill("333 333");
  await fill(page, "Phone", "222 222");
  await expect(details(other).getByRole("alert")).toContainText("It now says: 222 222");
  await expectAccessible(other);
  await details(other).getByRole("button", { name: "Save mine instead" }).click();
  await expect(details(page).getByText("333 333")).toBeVisible();
  await other.close();
});

test("C9: an earlier chat is a click away, to read only", async ({ page, server }) => {
  await enterConsole(page, server);
  const customer = await take(page, server, "the first time");
  await expect(details(page).getByText("This is the first chat.")).toBeVisible();
  await closeUnanswered(page);
  await customer.openAgain("the second time");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /the second time/ }).click();
  await details(page)
    .getByRole("button", { name: /the first time/ })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("log").getByText("the first time")).toBeVisible();
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(details(page).getByRole("button", { name: /the first time/ })).toBeFocused();
});

test("C9: two customers are merged and parted again, from the panel", async ({ page, server }) => {
  await enterConsole(page, server);
  await take(page, server, "me on the phone");
  await fill(page, "Name", "Parted Phone");
  await details(page).getByLabel("Add the note").first().fill("Of the phone");
  await page.keyboard.press("Control+Enter");
  await expect(details(page).getByText("Of the phone")).toBeVisible();
  await take(page, server, "me on the laptop");
  await details(page).getByRole("button", { name: "Merge with another customer…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name, e-mail address, phone or visitor code").fill("parted ph");
  await dialog.getByRole("radio", { name: /Parted Phone/ }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(details(page).getByText("Of the phone")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Parted Phone" })).toBeVisible();
  await details(page).getByRole("button", { name: "Undo the merge with Parted Phone" }).click();
  await expect(details(page).getByText("Of the phone")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 2, name: /^Visitor/ })).toBeVisible();
});

test("C9: admins keep tags and custom fields, which agents fill in beside the chat", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/customer-fields`);
  await page.getByRole("button", { name: "Add a field" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Level");
  await page.getByLabel("Kind").selectOption("choice");
  await page.getByLabel("Choices").fill("Gold\nSilver");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Choice: Gold, Silver")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${server.url}/console`);
  await take(page, server, "what is my level");
  await details(page).getByRole("button", { name: "Change: Level" }).click();
  await details(page).getByLabel("Level", { exact: true }).selectOption("Silver");
  await details(page).getByRole("button", { name: "Save" }).click();
  await expect(details(page).getByText("Silver")).toBeVisible();
  await details(page).getByLabel("Add a tag").first().fill("Tea lover");
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("button", { name: "Remove the tag Tea lover" })).toBeVisible();

  await page.goto(`${server.url}/console/admin/tags`);
  await page
    .getByRole("button", { name: "What can be done with Tea lover" })
    .or(page.getByRole("button", { name: /Tea lover/ }))
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Regular");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Regular")).toBeVisible();
  await expectAccessible(page);
});

test("C9: at 360 px the panel is a sheet: the keyboard is in it, and Escape leads back", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await enterConsole(page, server);
  const customer = await Customer.write(server, "from a small screen");
  const agent = await connectAgent(page, server);
  await agent.request("conversation.claim", { conversationId: customer.conversationId });
  agent.close();
  await page.goto(`${server.url}/console/chats/${customer.conversationId}`);
  await page.getByRole("button", { name: "Details" }).click();
  await expect(details(page).getByRole("button", { name: "Close the details" })).toBeFocused();
  const box = await details(page).boundingBox();
  expect(box?.width).toBe(360);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expectAccessible(page);
  await details(page).getByRole("button", { name: "Change: Phone" }).click();
  await page.keyboard.press("Escape");
  await expect(details(page).getByRole("button", { name: "Change: Phone" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(details(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Details" })).toBeFocused();
});
