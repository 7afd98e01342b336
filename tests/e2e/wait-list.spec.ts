import { connectAgent } from "./support/agent.ts";
import { Customer } from "./support/customer.ts";
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
  const next = page.getByRole("button", { name: "Next Chat" });
  const opener = page.getByRole("button", { name: "Show the wait list" });
  await next.click();
  await expect(page.getByRole("log").getByText("came first")).toBeVisible();
  await opener.click();
  const lines = page.getByRole("dialog", { name: "Wait list" }).getByRole("listitem");
  await expect(lines).toHaveText([/came second/, /came third/]);
  await page.getByText("Newest first").click();
  await expect(lines).toHaveText([/came third/, /came second/]);
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await next.click();
  await expect(page.getByRole("log").getByText("came third")).toBeVisible();
  await next.click();
  await expect(page.getByRole("log").getByText("came second")).toBeVisible();
  await expect(next).toBeDisabled();
});

test("C3: who is overtaken by a moment on the way to the last customer is told so", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const { conversationId } = await Customer.write(server, "the only one");
  const next = page.getByRole("button", { name: /^Next Chat/ });
  await expect(next).toContainText("1");
  const colleague = await connectAgent(page, server);
  await colleague.request("conversation.claim", { conversationId });
  await expect(next).toBeDisabled();
  await next.click({ force: true });
  await expect(page.getByRole("status").getByText("Nobody is waiting.")).toBeVisible();
  await colleague.request("conversation.close", { conversationId });
  colleague.close();
});
