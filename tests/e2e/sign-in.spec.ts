import {
  admin,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  test,
  write,
} from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

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
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("do not match");
  await expect(page.getByLabel("E-mail address")).toHaveValue(admin.email);
  await page.getByRole("textbox", { name: "Password" }).fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(page).toHaveURL(/\/console/);
});

test("A8, C8: logging out warns of open chats, and ends the session in every tab at once", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await enterConsole(page, server);
    const other = await page.context().newPage();
    await other.goto(`${server.url}/console`);
    await expect(other.getByText("Connected")).toBeVisible();
    const window = await openChatWindow(await (await browser.newContext({ locale: "en" })).newPage(), server);
    await write(window, "do not leave me");
    await page.getByRole("button", { name: "Next Chat" }).click();
    await expect(page.getByRole("log").getByText("do not leave me")).toBeVisible();

    await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    const warning = page.getByRole("dialog");
    await expect(warning).toContainText("1 open chat");
    await expectAccessible(page);
    await warning.getByRole("button", { name: "Log out and keep them" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(other).toHaveURL(/\/sign-in/);
    await page.goto(`${server.url}/console`);
    await expect(page).toHaveURL(/\/sign-in/);
  } finally {
    await server.stop();
  }
});

test("H1: the set-up link says so when it has been used", async ({ page, server }) => {
  await enterConsole(page, server);
  await page.goto(server.setUpLink);
  await expect(page.getByText("already set up")).toBeVisible();
  await expectAccessible(page);
});
