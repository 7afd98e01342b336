import { connectAgent } from "./support/agent.ts";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, test, write } from "./support/fixtures.ts";

/** The agent's desk: who waits, what is unread, and who has been waiting for a reply. */

test("C2, C3: the counter tells how many wait, the list who, where and what, and the keyboard claims", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const next = page.getByRole("button", { name: /^Next Chat/ });
  const before = Number((await next.innerText()).match(/\d+/)?.[0] ?? 0);
  const first = await Customer.write(server, "my first words");
  await first.say("and my last ones");
  await Customer.write(server, "somebody behind");
  await expect(next).toContainText(String(before + 2));

  await page.getByRole("button", { name: "Show the wait list" }).focus();
  await page.keyboard.press("Enter");
  const line = page.getByRole("button", { name: /my first words/ });
  await expect(line).toContainText("and my last ones");
  await expect(line).toContainText("Tea & Co");
  await expect(line).toContainText(/Waiting \d+ sec/);
  await line.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("button", { name: /somebody behind/ })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(line).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("and my last ones")).toBeVisible();
  await expect(next).toContainText(String(before + 1));
  // Nobody is left waiting for the tests that share this server.
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /somebody behind/ }).click();
  await expect(page.getByRole("log").getByText("somebody behind")).toBeVisible();
});

test("C4: a chat says since when its customer waits for a reply, until they get one", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "is it in stock?");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /is it in stock/ }).click();
  const line = page.getByRole("link", { name: /is it in stock/ });
  await expect(line).toContainText(/Waiting for your reply for \d+ sec/);
  await expect(page.getByRole("button", { name: /to answer/ })).toBeVisible();
  await write(page, "It is.");
  const answered = page.getByRole("link", { name: /Reply: It is\./ });
  await expect(answered).toBeVisible();
  await expect(answered).not.toContainText("Waiting for your reply");
  await customer.say("thank you so much");
  await expect(page.getByRole("link", { name: /thank you so much/ })).toContainText("Waiting for your reply");
});

test("C4: only the chats that wait for a reply, when that is wished", async ({ page, server }) => {
  await enterConsole(page, server);
  for (const text of ["answer me", "no need to answer"]) {
    await Customer.write(server, text);
    await page.getByRole("button", { name: "Show the wait list" }).click();
    await page.getByRole("button", { name: new RegExp(`(^|\\s)${text}`) }).click();
    await expect(page.getByRole("log").getByText(text)).toBeVisible();
  }
  await write(page, "as you like");
  await page.getByRole("link", { name: /(^|\s)answer me/ }).click();
  await page.getByRole("button", { name: /to answer/ }).click();
  await expect(page.getByRole("link", { name: /as you like/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /(^|\s)answer me/ })).toBeVisible();
  await page.getByRole("button", { name: /to answer/ }).click();
  await expect(page.getByRole("link", { name: /as you like/ })).toBeVisible();
});

test("C4: what is read in one tab is read in the other, at once", async ({ page, server }) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "read me in one tab");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /read me in one tab/ }).click();
  await expect(page.getByRole("log").getByText("read me in one tab")).toBeVisible();
  // The first tab looks elsewhere, so that only the second one reads.
  await page.goto(`${server.url}/console`);
  const line = page.getByRole("link", { name: /Visitor/ }).filter({ hasText: "unread in both" });
  const other = await page.context().newPage();
  await other.goto(`${server.url}/console`);
  const otherLine = other.getByRole("link", { name: /Visitor/ }).filter({ hasText: "unread in both" });
  await customer.say("unread in both");
  await expect(line).toContainText("1 unread message");
  await expect(otherLine).toContainText("1 unread message");
  await otherLine.click();
  await expect(other.getByRole("log").getByText("unread in both")).toBeVisible();
  await expect(line).not.toContainText("unread message");
});

test("C4: two hundred chats cost no more than those in sight, and each can be reached by the keyboard", async ({
  page,
  server,
}) => {
  test.setTimeout(180_000);
  await enterConsole(page, server);
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  for (let begin = 0; begin < numbers.length; begin += 20) {
    await Promise.all(
      numbers.slice(begin, begin + 20).map(async (number) => {
        (await Customer.write(server, `chat number ${number}`)).leave();
      }),
    );
  }
  // Clicked one by one it would take minutes: they are claimed by another connection of the same session.
  const claimed = page.getByRole("heading", { name: /Current chats/ });
  const agent = await connectAgent(page, server);
  for (const _ of numbers) await agent.request("conversation.claimNext", { order: "longest" });
  agent.close();
  await expect(claimed).toContainText(/2\d\d/);
  await page
    .getByRole("link", { name: /Visitor/ })
    .first()
    .focus();
  expect(await page.getByRole("link", { name: /Visitor/ }).count()).toBeLessThan(60);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: /Visitor/ }).nth(1)).toBeFocused();
  await expectAccessible(page);
});
