import { callsOf, recordCalls } from "./support/calls.ts";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, openChatWindow, test } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { join, openUsers } from "./support/team.ts";

test("C11: a pause by keyboard holds in every tab and over a reload, and is ended by a click", async ({
  page,
  context,
  browser,
}) => {
  // Of its own: on the shared one somebody of another test may still be there.
  const server = await Server.start();
  await enterConsole(page, server);
  const other = await context.newPage();
  await other.goto(`${server.url}/console`);
  await expect(other.getByText("Connected")).toBeVisible();

  await page.getByRole("button", { name: "Menu of Ada Admin" }).focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: "Pause" });
  await expect(item).toBeVisible();
  await expectAccessible(page);
  while (!(await item.evaluate((one) => one === document.activeElement)))
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You pause.", { exact: false })).toBeVisible();
  for (const tab of [page, other]) {
    await expect(tab.getByRole("button", { name: "End the pause" })).toBeVisible();
  }
  await page.reload();
  await expect(page.getByRole("button", { name: "End the pause" })).toBeVisible();
  await expectAccessible(page);

  // To customers nobody is there.
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  await expect((await openChatWindow(shop, server)).getByText(/nobody is here|away/i).first()).toBeVisible();

  await other.getByRole("button", { name: "End the pause" }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByRole("button", { name: "End the pause" })).toHaveCount(0);
  }
  await server.stop();
});

test("C11, C2: who waits does not call an agent who pauses; a customer of their own does", async ({
  page,
  context,
  server,
}) => {
  await recordCalls(context);
  await enterConsole(page, server);
  // Before it is there, nothing listens; until the first click no browser lets a page sound.
  await expect(page.getByRole("button", { name: "Sound off" })).toBeVisible();
  await page.getByText("Connected").click();
  await expect(page.getByRole("button", { name: "Sound off" })).toHaveCount(0);
  const mine = await Customer.write(server, "I am yours");
  const tones = async () => (await callsOf(page)).tones;
  await expect.poll(tones).toEqual([659, 988]);
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("I am yours")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "End the pause" })).toBeVisible();
  const waiting = await Customer.write(server, "Is anybody there?");
  await expect(page).toHaveTitle(/^\(1\)/);
  await mine.say("Are you still there?");
  await expect.poll(tones).toEqual([659, 988, 523]);
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "End the pause" })).toHaveCount(0);
  // Sounds of one second are one, so it may take more than one customer until the next is heard.
  const later: Customer[] = [];
  await expect
    .poll(async () => {
      later.push(await Customer.write(server, "And now?"));
      return (await tones()).slice(0, 5);
    })
    .toEqual([659, 988, 523, 659, 988]);
  for (const customer of [mine, waiting, ...later]) customer.leave();
});

test("C11, B2: colleagues see each other come, pause and go, in the bar and in the list of users", async ({
  page,
  browser,
  server,
}) => {
  await openUsers(page, server);
  const { member, their } = await join(page, server, browser, { name: "Mei <b>Lin</b>" });
  await page.getByLabel("Search by name or address").fill(member.email);
  const row = page.getByRole("row").filter({ hasText: member.email });
  await expect(row).toContainText("Online");
  await expectAccessible(page);

  await their.getByRole("button", { name: "Team", exact: true }).click();
  const list = their.getByRole("dialog", { name: "Team" });
  await expect(list.getByRole("listitem").filter({ hasText: "Ada Admin" })).toContainText("Online");
  await expect(list.getByRole("listitem").filter({ hasText: "Mei <b>Lin</b>" })).toContainText("(You)");
  await expectAccessible(their);
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("p");
  await expect(list.getByRole("listitem").filter({ hasText: "Ada Admin" })).toContainText("Paused");
  await page.keyboard.press("p");
  await expect(list.getByRole("listitem").filter({ hasText: "Ada Admin" })).toContainText("Online");
  await their.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(their.getByRole("button", { name: "Team", exact: true })).toBeFocused();

  // On a phone the team stands in the menu.
  await their.setViewportSize({ width: 360, height: 740 });
  await their.getByRole("button", { name: /^Menu of/ }).click();
  await their.getByRole("menuitem", { name: "Team" }).click();
  await expect(list.getByRole("listitem").filter({ hasText: "Ada Admin" })).toContainText("Online");
  await expectAccessible(their);
  await their.keyboard.press("Escape");
  await expect(list).toHaveCount(0);

  await their.reload();
  await expect(their.getByText("Connected")).toBeVisible();
  await expect(row).toContainText("Online");
  await their.context().close();
  await expect(row).toContainText("Offline");
});
