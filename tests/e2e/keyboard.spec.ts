import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { enterWithKeys, expect, expectAccessible, settled, test } from "./support/fixtures.ts";

const composer = (page: Page) => page.getByRole("textbox", { name: /Message to/ });
const lines = (page: Page) => page.getByRole("navigation", { name: /Current chats/ }).getByRole("link");

test("C10: a whole chat without the mouse, and no key does anything while one writes", async ({
  page,
  server,
}) => {
  await enterWithKeys(page, server);
  await Customer.write(server, "first customer");
  await Customer.write(server, "second customer");
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toContainText("2");
  await page.keyboard.press("n");
  await expect(page.getByRole("log").getByText("first customer")).toBeVisible();
  await expect(composer(page)).toBeFocused();

  // These are letters of a message.
  await page.keyboard.type("n w j k m d p XB?");
  await expect(composer(page)).toHaveValue("n w j k m d p XB?");
  await expect(lines(page)).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(composer(page)).not.toBeFocused();

  await page.keyboard.press("w");
  await expect(page.getByRole("dialog", { name: "Wait list" })).toBeVisible();
  // Keys belong to the list now.
  await page.keyboard.press("p");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Wait list" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "End the pause" })).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page.getByRole("log").getByText("second customer")).toBeVisible();
  await expect(composer(page)).toBeFocused();
  // With Alt also while one writes.
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("log").getByText("first customer")).toBeVisible();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByRole("log").getByText("second customer")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(page.getByRole("log").getByText("first customer")).toBeVisible();
  await page.keyboard.press("Escape");

  const details = page.getByRole("button", { name: "Details", exact: true });
  const before = await details.getAttribute("aria-expanded");
  await page.keyboard.press("d");
  await expect(details).toHaveAttribute("aria-expanded", before === "true" ? "false" : "true");
  await page.keyboard.press("m");
  await expect(composer(page)).toBeFocused();
  await composer(page).fill("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await expect(lines(page)).toHaveCount(2);
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("dialog", { name: "Close this chat?" })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await settled(page);
  await page.keyboard.press("Shift+B");
  await expect(lines(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toContainText("1");
});

test("C10: ? shows every shortcut, and single keys can be turned off", async ({ page, server }) => {
  await enterWithKeys(page, server);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByText("Take the next chat")).toBeVisible();
  await expect(dialog.getByText("Ctrl", { exact: true }).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("p");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "End the pause" })).toHaveCount(0);

  await page.goto(`${server.url}/console/settings`);
  await page.getByLabel("Shortcuts of a single key").click();
  await expectAccessible(page);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await page.keyboard.press("p");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search for a chat/ })).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show all shortcuts" }).click();
  await expect(dialog).toContainText("turned off");
  await page.keyboard.press("Escape");
  await page.getByLabel("Shortcuts of a single key").click();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(dialog).not.toContainText("turned off");
  await expect(page.getByRole("button", { name: "End the pause" })).toHaveCount(0);
});

test("C10: the command bar leads to customers, pages and actions by the keyboard alone", async ({
  page,
  server,
}) => {
  await enterWithKeys(page, server);
  await Customer.write(server, "served by a search");
  await Customer.write(server, "somebody else");
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toContainText("2");
  const bar = page.getByRole("combobox", { name: /Search for a chat/ });
  const chosen = page.getByRole("option", { selected: true });
  const search = async (text: string) => {
    await page.keyboard.press("Control+k");
    await expect(bar).toBeFocused();
    await page.keyboard.type(text);
  };
  await search("served srch");
  await expect(chosen).toContainText("served by a search");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("served by a search")).toBeVisible();

  // From within the message field, without losing a letter.
  await composer(page).fill("half a");
  await search("my sett");
  await expect(page.getByRole("option").first()).toContainText("My Settings");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/console\/settings$/);
  await search("served");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("half a");

  await search("audit");
  await expect(chosen).toContainText("Audit log");
  await page.keyboard.press("Control+k");
  await expect(bar).toHaveCount(0);
  await expect(composer(page)).toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.press("ArrowUp");
  await expect(chosen).toHaveCount(1);
  await expect(bar).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id")) ?? "none");
  await page.keyboard.type("~");
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(page.getByText("Nothing is called like that.").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);

  await search("pause");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "End the pause" })).toBeVisible();
  await search("end pause");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "End the pause" })).toHaveCount(0);
  await search("show wait");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Wait list" })).toBeVisible();
  await page.keyboard.press("Escape");
  await search("log out");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Log out now?" })).toContainText("1 open chat");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
