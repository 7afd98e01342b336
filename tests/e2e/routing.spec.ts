import { Customer } from "./support/customer.ts";
import { expect, expectAccessible, test, write } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { join, openUsers, send } from "./support/team.ts";

/** User groups, the rules that lead customers to them, and what agents hand to each other. */

test("E1, E2, B9: an admin makes a group and a rule, tries it, and its agents alone see the chat", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await openUsers(page, server);
    const { member, their } = await join(page, server, browser);
    await page.goto(`${server.url}/console/admin/routing`);
    await expect(page.getByText("There are no user groups yet.")).toBeVisible();
    await page.getByRole("button", { name: "New group" }).click();
    const groupDialog = page.getByRole("dialog", { name: "New group" });
    await groupDialog.getByLabel("Name").fill("Returns");
    await groupDialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("No members")).toBeVisible();

    await page.getByRole("button", { name: "New rule" }).click();
    const rule = page.getByRole("dialog", { name: "New rule" });
    await rule.getByLabel("First message contains").fill("refund");
    await page.keyboard.press("Enter");
    await expectAccessible(page);
    await rule.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("button", { name: "New rule" }).click();
    await rule.getByLabel("Waits for").selectOption("Everybody");
    await rule.getByRole("button", { name: "Apply" }).click();
    const rules = page.getByRole("region", { name: "Rules" }).getByRole("listitem");
    await page.getByRole("button", { name: "Move rule 2 up" }).click();
    await expect(rules.first()).toContainText("Every chat");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(rules.last()).toContainText("Never reached");
    await expect(rules.last()).toContainText("Nobody is in the group");
    await rules.last().dragTo(rules.first());
    await expect(rules.first()).toContainText("refund");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("There are changes that are not saved.")).toHaveCount(0);
    await expect(rules.last()).not.toContainText("Never reached");
    await expectAccessible(page);

    const trial = page.getByRole("region", { name: "Try it" });
    await trial.getByLabel("First message").fill("A refund, please");
    await trial.getByRole("button", { name: "Try" }).click();
    await expect(trial.getByText("Rule 1 wins: the chat waits for Returns.")).toBeVisible();

    await page.goto(`${server.url}/console/admin/users/${member.id}`);
    await page.getByRole("checkbox", { name: "Returns" }).click();
    await expect(page.getByText("The groups are saved.")).toBeVisible();
    const customer = await Customer.write(server, "I want a refund");
    await their.getByRole("button", { name: "Show the wait list" }).click();
    await expect(their.getByRole("button", { name: /I want a refund/ })).toBeVisible();
    const { groups } = await send(page, server, "GET", "/api/user-groups");
    expect(groups).toMatchObject([{ name: "Returns", waiting: 1, members: [{ id: member.id }] }]);
    customer.leave();
    await their.context().close();
  } finally {
    await server.stop();
  }
});

test("C10: an agent writes a note, transfers the chat, and the colleague reads both", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await openUsers(page, server);
    const { their } = await join(page, server, browser, { name: "Mei Lin" });
    const customer = await Customer.write(server, "where is my tea?");
    await page.goto(`${server.url}/console`);
    await page.getByRole("button", { name: /^Next Chat/ }).click();
    await write(page, "One moment");
    await page.getByRole("button", { name: "Write a note for the team" }).click();
    const note = page.getByRole("dialog", { name: /^Note about/ });
    await note.getByLabel("Note", { exact: true }).fill("Lost in the post");
    await expectAccessible(page);
    await note.getByRole("button", { name: "Add the note" }).click();
    await expect(page.getByRole("log").getByText("Lost in the post")).toBeVisible();

    await page.getByRole("button", { name: "Transfer the chat" }).click();
    const transfer = page.getByRole("dialog", { name: /^Transfer the chat/ });
    await transfer.getByRole("combobox", { name: "To" }).click();
    await page.getByRole("option", { name: /^Mei Lin, here/ }).click();
    await transfer.getByLabel("Note for whoever gets it").fill("Please send another");
    await expectAccessible(page);
    await transfer.getByRole("button", { name: "Transfer", exact: true }).click();
    await expect(page.getByText(/is transferred\.$/)).toBeVisible();

    await expect(their.getByText("Ada Admin transferred a chat to you")).toBeVisible();
    await their.getByRole("link", { name: /One moment/ }).click();
    const log = their.getByRole("log");
    await expect(log.getByText("Lost in the post")).toBeVisible();
    await expect(log.getByText("Please send another")).toBeVisible();
    await expect(log.getByText(/Ada Admin transferred the chat to Mei Lin/)).toBeVisible();
    await expectAccessible(their);
    customer.leave();
    await their.context().close();
  } finally {
    await server.stop();
  }
});
