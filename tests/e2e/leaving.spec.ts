import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { closeUnanswered, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import { join, openUsers } from "./support/team.ts";

/** An agent who serves so many customers, and the log-out dialog that they see. */
async function serve(their: Page, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await their.getByRole("button", { name: /^Next Chat/ }).click();
    await expect(their.getByRole("navigation", { name: /Current chats/ }).getByRole("listitem")).toHaveCount(
      index + 1,
    );
  }
}

async function askToLeave(their: Page) {
  await their.getByRole("button", { name: /^Menu of/ }).click();
  // The entries above it come late, and move it.
  await expect(their.getByRole("menuitem", { name: /^Command bar/ })).toBeVisible();
  await their.getByRole("menuitem", { name: "Log out" }).click();
  const dialog = their.getByRole("dialog", { name: "Log out now?" });
  await expect(dialog).toBeVisible();
  return dialog;
}

test("C8: logging out with open chats says how many, and hands them back in one step; other tabs follow", async ({
  page,
  browser,
  server,
}) => {
  await openUsers(page, server);
  const { their } = await join(page, server, browser);
  const customers = [await Customer.write(server, "the first"), await Customer.write(server, "the second")];
  await serve(their, 2);
  const tab = await their.context().newPage();
  await tab.goto(`${server.url}/console`);
  await expect(tab.getByText("Connected")).toBeVisible();

  const dialog = await askToLeave(their);
  await expect(dialog).toContainText("2 open chats");
  await expectAccessible(their);
  // Enter on what has the focus stays: nobody is left behind by one key too many.
  await their.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(their.getByText("the first").first()).toBeVisible();

  await (await askToLeave(their)).getByRole("button", { name: "Hand them back and log out" }).click();
  await expect(their).toHaveURL(/\/sign-in/);
  await expect(tab).toHaveURL(/\/sign-in/);

  await page.goto(`${server.url}/console`);
  await page.getByRole("button", { name: "Show the wait list" }).click();
  const lines = page.getByRole("dialog", { name: "Wait list" }).getByRole("listitem");
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText("the first");
  await expect(lines.nth(1)).toContainText("the second");
  await lines.nth(0).getByRole("button").click();
  await expect(page.getByRole("log").getByText("The chat went back to the wait list")).toBeVisible();
  for (const customer of customers) {
    expect(JSON.stringify(customer.news)).not.toContain("released");
    customer.leave();
  }
});

test("C8: chats that are kept are there at the next sign-in", async ({ page, browser, server }) => {
  await openUsers(page, server);
  const { member, their } = await join(page, server, browser);
  const customer = await Customer.write(server, "keep me");
  await serve(their, 1);
  await (await askToLeave(their)).getByRole("button", { name: "Log out and keep them" }).click();
  await expect(their).toHaveURL(/\/sign-in/);
  await their.getByLabel("E-mail address").fill(member.email);
  await their.getByRole("textbox", { name: "Password" }).fill(member.password);
  await their.keyboard.press("Enter");
  await their.getByRole("link", { name: /keep me/ }).click();
  await expect(their.getByRole("log").getByText("keep me")).toBeVisible();
  await closeUnanswered(their);
  await expect(their.getByText(/is closed/)).toBeVisible();
  customer.leave();
});

test("C8: a chat given back alone is on the wait list, and what was typed into it is kept", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "give me back");
  await page.getByRole("button", { name: /^Next Chat/ }).click();
  const composer = page.getByRole("textbox", { name: /Message to/ });
  await composer.fill("half a sen");
  await page.getByRole("button", { name: "Back to the wait list" }).click();
  await expect(page.getByText("half a sen")).toBeVisible();
  await expect(page.getByText("You wrote this here")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toContainText("1");
  await page.getByRole("button", { name: /^Next Chat/ }).click();
  await expect(composer).toHaveValue("half a sen");
  customer.leave();
});
