import { admin, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import { join } from "./support/team.ts";

test("B1: an admin is welcomed with what to do next, once, and finds the Admin Panel", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const banner = page.getByRole("region", { name: `Welcome, ${admin.name}` });
  await expect(banner.getByRole("link", { name: "Open the test page" })).toHaveAttribute("href", "/try");
  await banner.getByRole("link", { name: "Admin Panel" }).click();
  await expect(page).toHaveURL(`${server.url}/console/admin`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page).toHaveTitle(/Admin Panel/);
  await expectAccessible(page);
  // Every link of the side menu leads to a page.
  for (const link of await page.getByRole("navigation", { name: "Admin Panel" }).getByRole("link").all()) {
    const answer = await page.request.get(`${server.url}${await link.getAttribute("href")}`);
    expect(answer.ok()).toBe(true);
  }
  await page.getByRole("link", { name: "Back to the chats" }).click();
  await banner.getByRole("button", { name: "Dismiss the welcome" }).click();
  await expect(banner).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Current chats")).toBeVisible();
  await expect(banner).toHaveCount(0);
  await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
  await page.getByRole("menuitem", { name: "Admin Panel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("B1: an agent gets neither the banner, nor the link, nor the page", async ({
  page,
  server,
  browser,
}) => {
  await enterConsole(page, server);
  const { member, their } = await join(page, server, browser);
  await their.goto(`${server.url}/console/admin`);
  await expect(their).toHaveURL(`${server.url}/console`);
  await expect(their.getByText("Connected")).toBeVisible();
  await expect(their.getByRole("region", { name: /Welcome/ })).toHaveCount(0);
  await their.getByRole("button", { name: `Menu of ${member.name}` }).click();
  await expect(their.getByRole("menuitem", { name: "Log out" })).toBeVisible();
  await expect(their.getByRole("menuitem", { name: "Admin Panel" })).toHaveCount(0);
});

test("A3: the pages' looks follow the system or the reader's wish, readable in both", async ({
  page,
  server,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await enterConsole(page, server);
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expectAccessible(page);
  await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
  await expectAccessible(page);
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
  await page.reload();
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
});

test("C12: the help is one click away, in the reader's language, and leads back", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
  await page.getByRole("menuitem", { name: "Help" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Who waits" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to the chats" }).click();
  await expect(page.getByRole("heading", { name: "Current chats" })).toBeVisible();

  const { their } = await join(page, server, browser);
  await their.goto(`${server.url}/console/help`);
  await expect(their.getByRole("heading", { level: 2, name: "Who waits" })).toBeVisible();
  for (const [language, title] of [
    ["简体中文", "谁在等候"],
    ["繁體中文", "誰在等候"],
  ]) {
    await their.getByRole("button", { name: /Mei Lin/ }).click();
    await their.getByRole("menuitemradio", { name: language }).click();
    await expect(their.getByRole("heading", { level: 2, name: title })).toBeVisible();
  }
});

test("C12: the help opens at what it says about the screen that one comes from", async ({ page, server }) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/web-chat`);
  await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
  await page.getByRole("menuitem", { name: "Help" }).click();
  await expect(page.getByRole("heading", { name: "Admin Panel: web chat" })).toBeInViewport();
  await expect(page.getByRole("heading", { name: "Who waits" })).not.toBeInViewport();
});
