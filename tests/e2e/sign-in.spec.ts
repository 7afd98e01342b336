import { admin, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";

test("A3: a wrong password is refused with a sentence, the right one opens the console", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await page.context().clearCookies();
  await page.goto(`${server.url}/console`);
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await page.getByLabel("E-mail address").fill(admin.email);
  await page.getByRole("textbox", { name: "Password" }).fill("not the password at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("do not match");
  await expect(page.getByLabel("E-mail address")).toHaveValue(admin.email);
  await page.getByRole("textbox", { name: "Password" }).fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(page).toHaveURL(/\/console/);
});

test("A8: signing out ends the session in every tab at once", async ({ page, server }) => {
  await enterConsole(page, server);
  const other = await page.context().newPage();
  await other.goto(`${server.url}/console`);
  await expect(other.getByText("Connected")).toBeVisible();
  await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(other).toHaveURL(/\/sign-in/);
  await page.goto(`${server.url}/console`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("H1: the set-up link says so when it has been used", async ({ page, server }) => {
  await enterConsole(page, server);
  await page.goto(server.setUpLink);
  await expect(page.getByText("already set up")).toBeVisible();
  await expectAccessible(page);
});
