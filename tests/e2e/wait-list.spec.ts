import { enterConsole, expect, openChatWindow, phoneAgent, test, write } from "./support/fixtures.ts";

test("C3: a chat that is claimed leaves every other wait list at once", async ({ page, browser, server }) => {
  await enterConsole(page, server);
  const colleague = await (await browser.newContext({ locale: "en", userAgent: phoneAgent })).newPage();
  await enterConsole(colleague, server);
  const window = await openChatWindow(await (await browser.newContext({ locale: "en" })).newPage(), server);
  await write(window, "who takes me?");
  for (const console of [page, colleague]) {
    await console.getByRole("button", { name: "Show the wait list" }).click();
    await expect(console.getByText("who takes me?")).toBeVisible();
  }
  await page.getByText("who takes me?").click();
  await expect(page.getByRole("log").getByText("who takes me?")).toBeVisible();
  await expect(colleague.getByText("Nobody is waiting")).toBeVisible();
});

test("C3: Next Chat takes the longest waiting, or the newest when the order is reversed", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  for (const text of ["came first", "came second", "came third"]) {
    const window = await openChatWindow(await (await browser.newContext({ locale: "en" })).newPage(), server);
    await write(window, text);
    await expect(window.getByText("Sent", { exact: true })).toBeVisible();
  }
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("came first")).toBeVisible();
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByText("Newest first").click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("came third")).toBeVisible();
});
