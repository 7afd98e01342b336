import { expect, test } from "./support/fixtures.ts";
import { choose, invite, openUsers } from "./support/team.ts";

test("B3, B5: when a dialog closes, the keyboard is where it was", async ({ page, server }) => {
  await openUsers(page, server);
  const { member } = await invite(page, server);
  const add = page.getByRole("button", { name: "Add Agents" });
  await add.press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(add).toBeFocused();

  await choose(page, member, "Cancel invitation");
  const keep = page.getByRole("dialog").getByRole("button", { name: "Keep it" });
  await expect(keep).toBeFocused();
  await keep.press("Enter");
  const wrench = page.getByRole("row").filter({ hasText: member.email }).getByRole("button");
  await expect(wrench).toBeFocused();

  // Who cancels it takes the line away, and the wrench with it.
  await choose(page, member, "Cancel invitation");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel invitation" }).press("Enter");
  await expect(wrench).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();
});

test("B1: the menu of the Admin Panel says on which of its pages one is, and shows it on a phone too", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openUsers(page, server);
  await page.goto(`${server.url}/console/admin/audit-log`);
  const current = page.getByRole("navigation").locator("[aria-current]");
  await expect(current).toHaveText("Audit log");
  await expect(current).toBeInViewport({ ratio: 1 });
  await page.goto(`${server.url}/console/admin/users/review`);
  await expect(current).toHaveText("Users");
});

test("A3, A4: who opens an address that is nobody's finds the way to sign in", async ({ page, server }) => {
  const answer = await page.goto(`${server.url}/tea-hause`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("nothing at this address");
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByLabel("E-mail address")).toBeVisible();
});
