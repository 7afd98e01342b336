import type { Browser, Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, openChatWindow, test, write } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { join, send, signIn } from "./support/team.ts";

/** A server of its own with an admin at the console, and an agent who has just claimed the only customer. */
async function makeDesk(page: Page, browser: Browser, absenceSeconds: number) {
  const server = await Server.start();
  await enterConsole(page, server);
  const settings = await send(page, server, "GET", "/api/organisation");
  await send(page, server, "PUT", "/api/organisation", { ...settings, absenceSeconds });
  return { server, ...(await join(page, server, browser)) };
}

const claimNext = (console: Page) => console.getByRole("button", { name: /^Next Chat/ }).click();

test("C11, C8, D1: the window shows nobody who is away, and says when the customer is back in the queue", async ({
  page,
  browser,
}) => {
  test.slow();
  const { server, member, their } = await makeDesk(page, browser, 10);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const window = await openChatWindow(shop, server);
  await write(window, "Do you ship to Norway?");
  await claimNext(their);
  await write(their, "Let me look");
  const header = window.locator("header");
  await expect(header.locator(".presence.here")).toHaveText("Mei Lin");

  // The browser is closed: no dot any more, without a reload and after one.
  await their.context().close();
  await expect(header.locator(".presence")).toHaveText(/Mei Lin.* is away right now/, { timeout: 40_000 });
  await expect(header.locator(".presence.here")).toHaveCount(0);
  await openChatWindow(shop, server);
  await expect(header.locator(".presence")).toHaveText(/Mei Lin.* is away right now/);
  await expect(header.locator(".presence.here")).toHaveCount(0);

  // The customer has had their reply, so it is their next word that puts them back.
  await write(window, "Hello? Anybody?");
  const messages = window.getByRole("log");
  await expect(messages.getByText("You are back in the queue", { exact: false })).toBeVisible({
    timeout: 40_000,
  });
  await expect(header.locator(".presence.here")).toHaveText("We are here");
  await expect(header).not.toContainText("Mei Lin");
  await claimNext(page);
  const log = page.getByRole("log");
  await expect(log.getByText("Mei Lin was away: the chat went back to the wait list")).toBeVisible();
  await expect(log.getByText("Hello? Anybody?")).toBeVisible();
  await expect(header.locator(".presence.here")).toHaveText("Ada Admin");
  await openChatWindow(shop, server);
  await expect(messages.getByText("You are back in the queue", { exact: false })).toBeVisible();
  await expect(header.locator(".presence.here")).toHaveText("Ada Admin");

  // The former agent comes back, and reads that it went.
  const back = await (await browser.newContext({ locale: "en" })).newPage();
  await signIn(back, server, member);
  const notice = back.getByText("1 of your chats went back to the wait list", { exact: false });
  await expect(notice).toBeVisible();
  await expectAccessible(back);
  await back.getByRole("button", { name: "OK", exact: true }).click();
  await expect(notice).toHaveCount(0);
  await expect(back.getByText("No open chats")).toBeVisible();
  await back.reload();
  await expect(back.getByText("Connected")).toBeVisible();
  await expect(notice).toHaveCount(0);
  await server.stop();
});

test("C15: an admin finds the chats of an agent who logged out, puts them back, and another agent claims one", async ({
  page,
  browser,
}) => {
  const { server, their } = await makeDesk(page, browser, 3_600);
  const customers = [await Customer.write(server, "the first"), await Customer.write(server, "the second")];
  for (const text of ["the first", "the second"]) {
    await claimNext(their);
    await expect(their.getByRole("log").getByText(text)).toBeVisible();
  }
  await page.goto(`${server.url}/console/admin`);
  await page.getByRole("link", { name: "Unattended chats" }).click();
  await expect(page.getByText("No unattended chats")).toBeVisible();
  await expectAccessible(page);

  await their.getByRole("button", { name: /^Menu of/ }).click();
  // The entries above it come late, and move it.
  await expect(their.getByRole("menuitem", { name: /^Command bar/ })).toBeVisible();
  await their.getByRole("menuitem", { name: "Log out" }).click();
  await their.getByRole("button", { name: "Log out and keep them" }).click();
  await expect(their).toHaveURL(/\/sign-in/);

  // Without a reload.
  const group = page.getByRole("region", { name: "Mei Lin" });
  await expect(group.getByRole("listitem")).toHaveCount(2);
  await expect(group).toContainText("Away for");
  await expect(group.getByRole("listitem").first()).toContainText("Waiting for a reply for");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  };
  expect(await page.evaluate(overflow)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });

  // By keyboard, one and then the rest.
  await group
    .getByRole("button", { name: /^Put back on the wait list: / })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 chat is back on the wait list.")).toBeVisible();
  await expect(group.getByRole("listitem")).toHaveCount(1);
  await group.getByRole("button", { name: "Put all back: Mei Lin" }).click();
  await expect(page.getByText("No unattended chats")).toBeVisible();

  const { their: colleague } = await join(page, server, browser, { name: "Lee Wong" });
  await claimNext(colleague);
  const log = colleague.getByRole("log");
  await expect(log.getByText("The chat went back to the wait list")).toBeVisible();
  await write(colleague, "I am here for you now");
  await expect(log.getByText("I am here for you now")).toBeVisible();
  await page.goto(`${server.url}/console/admin/audit-log`);
  const noted = page.getByRole("main").getByRole("listitem");
  await expect(noted.filter({ hasText: "Put chats back on the wait list" })).toHaveCount(2);
  for (const customer of customers) customer.leave();
  await server.stop();
});

test("C15: how long an agent may be away is set among the organisation's settings, and stays", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/organisation`);
  const period = page.getByLabel("Put chats of absent agents back after");
  await expect(period).toHaveValue("120");
  await period.selectOption({ label: "5 minutes" });
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(period).toHaveValue("300");
  await expectAccessible(page);
  await period.selectOption({ label: "2 minutes" });
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved.")).toBeVisible();
});
