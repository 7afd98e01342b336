import { connectAgent } from "./support/agent.ts";
import { callsOf, clickPopUp, recordCalls, setFocus } from "./support/calls.ts";
import {
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  settled,
  test,
  write,
} from "./support/fixtures.ts";

const waitingTones = [659, 988];
const messageTone = 523;

test("C2: who joins the wait list is heard, stands in the tab, and pops up for an agent who looks elsewhere", async ({
  page,
  context,
  browser,
  server,
}) => {
  await recordCalls(context);
  await enterConsole(page, server);
  const icon = page.locator('link[rel="icon"]');
  // Until the first click no browser lets a page sound.
  await expect(page.getByRole("button", { name: "Sound off" })).toBeVisible();
  await page.getByText("Connected").click();
  await expect(page.getByRole("button", { name: "Sound off" })).toHaveCount(0);

  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  await write(await openChatWindow(shop, server), "Is anybody there?");
  await expect.poll(async () => (await callsOf(page)).tones).toEqual(waitingTones);
  expect((await callsOf(page)).popUps).toEqual([]);
  await expect(page).toHaveTitle(/^\(1\)/);
  await expect(icon).toHaveAttribute("href", new RegExp(encodeURIComponent(">1</text>")));

  await page.goto(`${server.url}/console/settings`);
  await page.getByRole("heading", { name: "My Settings" }).click();
  await expect(page).toHaveTitle(/^\(1\) My Settings/);
  await setFocus(page, false);
  const another = await (await browser.newContext({ locale: "en" })).newPage();
  await write(await openChatWindow(another, server), "Me <b>too</b>");
  await expect
    .poll(async () => (await callsOf(page)).popUps)
    .toEqual([{ title: expect.stringMatching(/^Visitor .* is waiting$/), body: "Me <b>too</b>" }]);
  expect((await callsOf(page)).tones).toEqual(waitingTones);
  await clickPopUp(page);
  await expect(page).toHaveURL(/\/console$/);
  for (const [waiting, words] of [
    [/^\(2\)/, "Is anybody there?"],
    [/^\(1\)/, "Me <b>too</b>"],
  ] as const) {
    await expect(page).toHaveTitle(waiting);
    await page.getByRole("button", { name: "Next Chat" }).click();
    // A chat that is left before its message was read counts as unread.
    await expect(page.getByRole("log").getByText(words)).toBeVisible();
    await expect(
      page
        .getByRole("listitem")
        .filter({ hasText: words })
        .getByText(/unread/),
    ).toHaveCount(0);
    await settled(page);
  }
  await expect(page).toHaveTitle(/^Console/);
  await expect(icon).toHaveAttribute("href", /\/assets\//);
});

test("C6: with “All notifications” every message sounds, else only those that come while one is away", async ({
  page,
  context,
  browser,
  server,
}) => {
  await recordCalls(context);
  await enterConsole(page, server);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await openChatWindow(shop, server);
  await write(chat, "Hello");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("Hello")).toBeVisible();
  const tones = async () => (await callsOf(page)).tones.filter((tone) => tone === messageTone).length;
  const arrives = async (text: string) => {
    await write(chat, text);
    await expect(page.getByRole("log").getByText(text)).toBeVisible();
  };
  await arrives("All of them are heard");
  await expect.poll(tones).toBe(1);
  expect((await callsOf(page)).popUps).toEqual([]);

  await page.getByRole("button", { name: /Ada Admin/ }).click();
  await page.getByRole("menuitem", { name: "My Settings" }).click();
  await page.getByLabel("Only when I am away").click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goBack();
  await arrives("Not this one");
  expect(await tones()).toBe(1);
  await setFocus(page, false);
  await write(chat, "But this one");
  await expect.poll(tones).toBe(2);
  expect((await callsOf(page)).popUps).toMatchObject([{ body: "But this one" }]);
  await setFocus(page, true);
  await page.request.patch(`${server.url}/api/session`, {
    headers: { origin: server.url },
    data: { notifications: "all" },
  });
});

test("C2: of two tabs one sounds, and none pops up while the other one is looked at", async ({
  page,
  context,
  browser,
  server,
}) => {
  await recordCalls(context);
  await enterConsole(page, server);
  await page.getByText("Connected").click();
  const second = await context.newPage();
  await second.goto(`${server.url}/console`);
  await second.getByText("Connected").click();
  await setFocus(page, false);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  await write(await openChatWindow(shop, server), "Twice?");
  for (const tab of [page, second]) await expect(tab).toHaveTitle(/^\(1\)/);
  const both = async () => (await Promise.all([page, second].map(callsOf))).flatMap((calls) => calls.tones);
  await expect.poll(both).toEqual(waitingTones);
  await setFocus(second, false);
  const agent = await connectAgent(page, server);
  await agent.request("conversation.claimNext", { order: "longest" });
  for (const tab of [page, second]) await expect(tab).toHaveTitle(/^\(1\)|^Console/);
  const later = await (await browser.newContext({ locale: "en" })).newPage();
  await write(await openChatWindow(later, server), "And now?");
  const popUps = async () =>
    (await Promise.all([page, second].map(callsOf))).flatMap((calls) => calls.popUps.map(({ body }) => body));
  await expect.poll(popUps).toEqual(["And now?"]);
  agent.close();
});

test("C1, C6: the console says why before the browser asks for pop-ups, and the settings try the sounds", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  const step = page.getByRole("region", { name: "Shall we call you when a customer writes?" });
  await expect(step).toBeVisible();
  await expectAccessible(page);
  await step.getByRole("button", { name: "Not now" }).click();
  await expect(step).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(step).toHaveCount(0);
  await recordCalls(context);
  await page.goto(`${server.url}/console/settings`);
  await expect(page.getByText("This browser shows them.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "A message" }).click();
  await page.getByRole("button", { name: "A message" }).click();
  await expect.poll(async () => (await callsOf(page)).tones).toContain(messageTone);
  await page.getByRole("slider", { name: "Volume" }).focus();
  await page.keyboard.press("Home");
  await page.reload();
  await expect(page.getByRole("slider", { name: "Volume" })).toHaveAttribute("aria-valuenow", "0");
});
