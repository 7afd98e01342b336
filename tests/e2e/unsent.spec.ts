import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, openChatWindow, test, write } from "./support/fixtures.ts";
import { gateMessages } from "./support/message-gate.ts";

/** What was written and did not get through: shown as that, kept, and in the writer's hand. */

test("C4: an agent's message that is refused says why, also after a reload; Retry sends it, Discard takes it away", async ({
  page,
  server,
}) => {
  const gate = await gateMessages(page, "hard to send");
  await enterConsole(page, server);
  const customer = await Customer.write(server, "is it hard?");
  await page.getByRole("button", { name: "Next Chat" }).click();
  const log = page.getByRole("log");
  await expect(log.getByText("is it hard?")).toBeVisible();
  const arrived = () => JSON.stringify(customer.news);
  await write(page, "hard to send, one");
  await expect(log.getByText("Sending…", { exact: true })).toBeVisible();
  gate.refuse("Not on a Sunday.");
  await expect(log.getByText("Not on a Sunday.")).toBeVisible();
  await expect(log.getByText("Not sent", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(log.getByText("Not on a Sunday.")).toBeVisible();
  expect(arrived()).not.toContain("hard to send");
  gate.open();
  await log.getByRole("button", { name: "Retry" }).click();
  await expect.poll(arrived).toContain("hard to send, one");
  await expect(log.getByText("Sent", { exact: true })).toBeAttached();
  await expect(log.getByText("Not on a Sunday.")).toHaveCount(0);

  gate.refuse("Nor on a Monday.");
  await write(page, "hard to send, two");
  await expect(log.getByText("Nor on a Monday.")).toBeVisible();
  await log.getByRole("button", { name: "Discard" }).click();
  await expect(log.getByText("hard to send, two")).toHaveCount(0);
  await page.reload();
  await expect(log.getByText("hard to send, one")).toBeVisible();
  await expect(log.getByText("hard to send, two")).toHaveCount(0);
  expect(arrived()).not.toContain("hard to send, two");
});

test("C4, D1: a visitor's message that is refused says why; they send it again or delete it", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  const shop = await context.newPage();
  const gate = await gateMessages(shop, "hard to send");
  const window = await openChatWindow(shop, server);
  await write(window, "first words");
  await expect(window.getByText("Sent", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Next Chat" }).click();
  const log = page.getByRole("log");
  await expect(log.getByText("first words")).toBeVisible();
  await write(window, "hard to send, one");
  await expect(window.getByText("Sending…")).toBeVisible();
  gate.refuse("Not on a Sunday.");
  await expect(window.getByText("Not sent. Not on a Sunday.")).toBeVisible();
  await expectAccessible(shop);
  gate.open();
  await window.getByRole("button", { name: "Send again" }).click();
  await expect(log.getByText("hard to send, one")).toBeVisible();
  await expect(window.getByText("Not on a Sunday.")).toHaveCount(0);
  gate.refuse("Nor on a Monday.");
  await write(window, "hard to send, two");
  await expect(window.getByText("Nor on a Monday.")).toBeVisible();
  await window.getByRole("button", { name: "Delete" }).click();
  await expect(window.getByText("hard to send, two")).toHaveCount(0);
  await write(window, "last words");
  await expect(log.getByText("last words")).toBeVisible();
  await expect(log.getByText("hard to send, two")).toHaveCount(0);
});

test("C8, A8: closing a chat, and logging out, ask first where something was begun and not sent", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await Customer.write(server, "close me with care");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("close me with care")).toBeVisible();
  const composer = page.getByRole("textbox", { name: /Message to/ });
  await composer.fill("half an answer");
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 open chat");
  await expect(dialog).toContainText("1 message that you began to write");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const close = page.getByRole("button", { name: "Close chat" });
  await close.click();
  await expect(dialog).toContainText("You wrote something here that was not sent.");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(composer).toHaveValue("half an answer");
  await close.click();
  await dialog.getByRole("button", { name: "Close chat" }).click();
  await expect(page.getByText("No open chats")).toBeVisible();
});

test("C4: what is begun in one chat stays in it, and the field keeps the focus when a click sends", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const composer = page.getByRole("textbox", { name: /Message to/ });
  for (const name of ["one", "two"]) {
    await Customer.write(server, `this is chat ${name}`);
    await page.getByRole("button", { name: "Next Chat" }).click();
    await expect(page.getByRole("log").getByText(`this is chat ${name}`)).toBeVisible();
    await expect(composer).toHaveValue("");
    await composer.fill(`begun in ${name}`);
  }
  await page.getByRole("link", { name: /this is chat one/ }).click();
  await expect(page.getByRole("log").getByText("this is chat one")).toBeVisible();
  await expect(composer).toHaveValue("begun in one");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("log").getByText("begun in one")).toBeVisible();
  await expect(composer).toBeFocused();
  await page.getByRole("link", { name: /this is chat two/ }).click();
  await expect(composer).toHaveValue("begun in two");
  await expect(page.getByRole("log").getByText("begun in one")).toHaveCount(0);
});
