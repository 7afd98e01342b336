import {
  admin,
  closeUnanswered,
  expect,
  expectAccessible,
  openChatWindow,
  test,
  write,
} from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

test("A3, C3, C4, C8, D1, H1: from an empty folder to a closed chat", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    await page.goto(server.setUpLink);
    await page.getByLabel("Organisation").fill(admin.organisation);
    await page.getByLabel("Your name").fill(admin.name);
    await page.getByLabel("E-mail address").fill(admin.email);
    await page.getByRole("textbox", { name: "Password" }).fill(admin.password);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create organisation" }).click();
    await expect(page).toHaveURL(`${server.url}/console`);
    await expectAccessible(page);

    const shop = await (await browser.newContext({ locale: "en" })).newPage();
    const window = await openChatWindow(shop, server);
    await write(window, "Do you have oolong? 有乌龙茶吗");
    await expect(window.getByText("Do you have oolong?")).toBeVisible();

    await page.getByRole("button", { name: "Show the wait list" }).click();
    await expect(page.getByText("Do you have oolong? 有乌龙茶吗").first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Next Chat" }).click();
    await expect(page.getByRole("log").getByText("Do you have oolong?")).toBeVisible();

    await write(page, "We do: three kinds.");
    await expect(window.getByText("We do: three kinds.")).toBeVisible();
    await expect(window.getByText(admin.name).first()).toBeVisible();
    await write(window, "The dark one, please");
    await expect(page.getByRole("log").getByText("The dark one, please")).toBeVisible();
    await expectAccessible(page);
    await expectAccessible(shop);

    await shop.reload();
    await shop.getByRole("button", { name: "Open chat" }).click();
    await expect(window.getByText("We do: three kinds.")).toBeVisible();

    await closeUnanswered(page);
    await expect(page.getByText("No open chats")).toBeVisible();
    await write(window, "One more thing");
    await expect(page.getByRole("button", { name: /Next Chat/ })).toBeEnabled();
    await page.getByRole("button", { name: "Next Chat" }).click();
    await expect(page.getByRole("log").getByText("One more thing")).toBeVisible();
    await expect(page.getByRole("log").getByText("We do: three kinds.")).toHaveCount(0);
  } finally {
    await server.stop();
  }
});
