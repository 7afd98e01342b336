import type { Browser, BrowserContext, FrameLocator, Page } from "@playwright/test";
import { connectAgent } from "./support/agent.ts";
import { callsOf, recordCalls, setFocus } from "./support/calls.ts";
import {
  closeUnanswered,
  composerOf,
  enterConsole,
  expect,
  expectAccessible,
  test,
  write,
} from "./support/fixtures.ts";
import { join } from "./support/team.ts";

const title = "Test your console";
const panelOf = (page: Page) => page.getByRole("complementary", { name: title });
const stepOf = (page: Page, name: string) =>
  panelOf(page).getByRole("listitem").filter({ hasText: name }).first();
const talkIn = (where: Page | FrameLocator) =>
  where.getByRole("button", { name: "Voice message: hold to talk" });

/** Opens the test from the menu below the user's name. */
async function openTest(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Menu of / }).click();
  await page.getByRole("menuitem", { name: title }).click();
  await expect(panelOf(page).getByRole("heading", { name: title })).toBeFocused();
}

async function expectTicked(page: Page, name: string): Promise<void> {
  await expect(stepOf(page, name)).toHaveAttribute("data-tick", "done");
}

/** Opens the customer's window, and takes the focus from the console as that window does. */
async function openCustomer(
  page: Page,
  context: BrowserContext,
): Promise<{ customer: Page; chat: FrameLocator }> {
  const opening = context.waitForEvent("page");
  await panelOf(page).getByRole("button", { name: "Open the customer’s window" }).click();
  const customer = await opening;
  await expect(customer.getByRole("button", { name: "Let the customer write" })).toBeEnabled();
  await setFocus(page, false);
  return { customer, chat: customer.frameLocator("iframe") };
}

/** Speaks for a second. */
async function speak(page: Page, where: Page | FrameLocator): Promise<void> {
  const box = await talkIn(where).boundingBox();
  if (!box) throw new Error("There is no button to hold.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await expect(where.locator("form").getByText(/^0:(0[1-9]|[1-5]\d)$/)).toBeVisible();
  await page.mouse.up();
}

async function play(where: Page | FrameLocator): Promise<void> {
  const voices = where.getByRole("log").getByRole("group", { name: /^Voice message, 0:0\d$/ });
  await voices.last().getByRole("button", { name: "Play" }).click();
}

/** A colleague who is there, and what calls them. */
async function openColleague(page: Page, server: Parameters<typeof enterConsole>[1], browser: Browser) {
  const { their } = await join(page, server, browser);
  await recordCalls(their.context());
  await their.reload();
  await their.getByText("Connected").click();
  await setFocus(their, false);
  return their;
}

test("C7: the whole test ticks itself by what happens, and disturbs no colleague", async ({
  page,
  context,
  browser,
  server,
}) => {
  await recordCalls(context);
  await enterConsole(page, server);
  const colleague = await openColleague(page, server, browser);
  await openTest(page);
  await expectTicked(page, "Allow pop-ups");
  await expectAccessible(page);

  await panelOf(page).getByRole("button", { name: "Play the sound" }).click();
  await expect.poll(async () => (await callsOf(page)).tones).toEqual([659, 988]);
  await expect(stepOf(page, "Hear the sound")).not.toHaveAttribute("data-tick", /./);
  await panelOf(page).getByRole("button", { name: "Yes", exact: true }).click();
  await expectTicked(page, "Hear the sound");

  const { customer, chat } = await openCustomer(page, context);
  await expect(stepOf(page, "See a pop-up")).not.toHaveAttribute("data-tick", /./);
  await customer.getByRole("button", { name: "Let the customer write" }).click();
  await expectTicked(page, "See a pop-up");
  await expectTicked(page, "Find the customer on the wait list");
  expect((await callsOf(page)).popUps).toMatchObject([{ title: "Test customer is waiting" }]);
  await expect(chat.getByText("I have a question about my order.")).toBeVisible();
  await expectAccessible(customer);
  await setFocus(page, true);

  await page.getByRole("button", { name: "Next Chat" }).click();
  await expectTicked(page, "Take the chat");
  await expect(page.getByRole("log").getByText("I have a question about my order.")).toBeVisible();
  await expect(panelOf(page).getByText("The customer’s message has arrived")).toBeVisible();
  await write(page, "I hear you");
  await expect(chat.getByText("I hear you")).toBeVisible();
  await expectTicked(page, "Write back and forth");

  await speak(page, page);
  await play(chat);
  await expect(panelOf(page).locator("[data-seen=true]", { hasText: "Your voice was played" })).toBeVisible();
  await speak(customer, chat);
  await expect(page.getByRole("log").getByRole("group", { name: /^Voice message/ })).toHaveCount(2);
  await expect(stepOf(page, "Speak back and forth")).not.toHaveAttribute("data-tick", /./);
  await play(page);
  await expectTicked(page, "Speak back and forth");

  await expect(page.getByText("0 of", { exact: false })).toHaveCount(0);
  await closeUnanswered(page);
  await expectTicked(page, "Close the chat");
  await expect(panelOf(page).getByRole("heading", { name: "Everything works" })).toBeVisible();
  await expect(panelOf(page).getByText(/^Passed in .* on Linux on /)).toBeVisible();
  await expect.poll(() => customer.isClosed()).toBe(true);
  await expectAccessible(page);

  expect(await callsOf(colleague)).toEqual({ tones: [], popUps: [] });
  await expect(colleague).toHaveTitle(/^Console/);
  await page.goto(`${server.url}/console/settings`);
  await expect(page.getByText(/^Passed in .* on Linux on /).first()).toBeVisible();
  await panelOf(page).getByRole("button", { name: "Run again" }).click();
  await expect(stepOf(page, "Hear the sound")).not.toHaveAttribute("data-tick", /./);
});

test("C7, C1: refused pop-ups, a blocked window and no microphone say what to do; a step can be skipped and repeated", async ({
  page,
  context,
  server,
}) => {
  // To a browser under test what is not granted is refused from then on: the microphone.
  await context.grantPermissions(["notifications"]);
  await context.addInitScript(() => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
    window.open = () => null;
  });
  await enterConsole(page, server);
  await openTest(page);
  await expect(
    panelOf(page).getByText("Chrome and Edge: click the sign to the left of the address"),
  ).toBeVisible();
  await expectAccessible(page);
  await panelOf(page).getByRole("button", { name: "Skip: Allow pop-ups" }).click();
  await expect(stepOf(page, "Allow pop-ups")).toContainText("Skipped");

  await panelOf(page).getByRole("button", { name: "Play the sound" }).click();
  await panelOf(page).getByRole("button", { name: "No", exact: true }).click();
  await expect(panelOf(page).getByText("Turn up the volume of your computer")).toBeVisible();
  await panelOf(page).getByRole("button", { name: "Yes", exact: true }).click();

  await expect(panelOf(page).getByText("Pop-ups are not allowed in this browser yet.")).toBeVisible();
  await panelOf(page).getByRole("button", { name: "Skip: See a pop-up" }).click();
  await page.keyboard.press("p");
  await expect(panelOf(page).getByText("You are pausing")).toBeVisible();
  await page.keyboard.press("p");
  await expect(panelOf(page).getByText("You are pausing")).toHaveCount(0);
  await panelOf(page).getByRole("button", { name: "Open the customer’s window" }).click();
  await expect(panelOf(page).getByText("Firefox: press Options in the yellow bar")).toBeVisible();
  // Nothing was begun that nobody can end.
  expect(await (await page.request.get(`${server.url}/api/console-test`)).json()).toEqual({ test: null });

  for (const name of ["Find the customer on the wait list", "Take the chat", "Write back and forth"]) {
    await panelOf(page)
      .getByRole("button", { name: `Skip: ${name}` })
      .click();
  }
  await page.reload();
  await expect(panelOf(page).getByText("set Microphone to Allow")).toBeVisible();

  await panelOf(page).getByRole("button", { name: "Repeat: Hear the sound" }).click();
  await expect(panelOf(page).getByRole("button", { name: "Play the sound" })).toBeVisible();
  await page.reload();
  await expect(stepOf(page, "Allow pop-ups")).toContainText("Skipped");
  await expect(panelOf(page).getByRole("button", { name: "Play the sound" })).toBeVisible();
  await panelOf(page).getByRole("button", { name: "Close the test" }).click();
  await expect(panelOf(page)).toHaveCount(0);
});

test("C7: what is closed, or reloaded, leaves no chat behind and goes on where it was; real customers come first", async ({
  page,
  context,
  server,
}) => {
  await recordCalls(context);
  await enterConsole(page, server);
  await openTest(page);
  await panelOf(page).getByRole("button", { name: "Skip: Hear the sound" }).click();
  const { customer, chat } = await openCustomer(page, context);
  // After fifteen seconds without anything it says what may be wrong.
  await expect(panelOf(page).getByText("No pop-up yet.")).toBeVisible();
  await write(chat, "In my own words");
  await expectTicked(page, "Find the customer on the wait list");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  const line = page.getByRole("button", { name: /Test customer/ });
  await expect(line).toContainText("In my own words");
  await expect(line.getByText("Test", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  // The page is loaded again: the test goes on, and its window with it.
  await page.reload();
  await expectTicked(page, "Find the customer on the wait list");
  await expect(page).toHaveTitle(/^\(1\)/);
  await expect(customer.getByRole("button", { name: "Let the customer write" })).toBeEnabled();
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expectTicked(page, "Take the chat");
  await expect(composerOf(page)).toBeVisible();

  await panelOf(page).getByRole("button", { name: "Close the test" }).click();
  await expect(panelOf(page)).toHaveCount(0);
  await expect(customer.getByText("This test is over.")).toBeVisible();
  await expect(customer.locator("iframe")).toHaveCount(0);
  const agent = await connectAgent(page, server);
  expect((await agent.request("current.list", {})).conversations).toEqual([]);
  agent.close();

  await openTest(page);
  await expectTicked(page, "Take the chat");
  await expect(panelOf(page).getByText("5 of 8 steps")).toBeVisible();
});

test("C7: the test is walked by keyboard alone, is read out, and fits a phone in the dark", async ({
  page,
  context,
  server,
}) => {
  await recordCalls(context);
  await page.emulateMedia({ colorScheme: "dark" });
  await enterConsole(page, server);
  await page.getByRole("button", { name: /^Menu of / }).focus();
  await page.keyboard.press("Enter");
  const entry = page.getByRole("menuitem", { name: title });
  await expect(entry).toBeVisible();
  for (let presses = 0; presses < 30; presses++) {
    if (await entry.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(entry).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panelOf(page).getByRole("heading", { name: title })).toBeFocused();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectTicked(page, "Allow pop-ups");
  const press = async (name: string) => {
    const button = panelOf(page).getByRole("button", { name, exact: true });
    for (let presses = 0; presses < 30; presses++) {
      if (await button.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await expect(button).toBeFocused();
    await page.keyboard.press("Enter");
  };
  await press("Play the sound");
  await press("Yes");
  await expect(panelOf(page).getByRole("status").getByText("Done: Hear the sound.")).toBeAttached();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await panelOf(page).getByRole("button", { name: "Steps of the test" }).focus();
  await page.keyboard.press("Enter");
  await expect(panelOf(page).getByRole("list")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(panelOf(page)).toHaveCount(0);

  // The command bar leads there as well.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search for a chat/ })).toBeFocused();
  await page.keyboard.type("Test your");
  await page.keyboard.press("Enter");
  await expect(panelOf(page).getByRole("heading", { name: title })).toBeFocused();
  await expectTicked(page, "Hear the sound");
});
