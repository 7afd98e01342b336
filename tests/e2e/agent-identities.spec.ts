import { picture } from "@grata/server/testing";
import type { Browser, FrameLocator, Page } from "@playwright/test";
import { enterConsole, expect, expectAccessible, openChatWindow, test, write } from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";
import { join } from "./support/team.ts";

async function openIdentities(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.url}/console/admin/agent-identities`);
  await expect(page.getByRole("heading", { level: 1, name: "Agent Identities" })).toBeVisible();
}

async function choosePicture(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload a picture" }).click();
  await (await chooser).setFiles(file);
}

/** A customer in this language who has said something. */
async function customerIn(browser: Browser, server: Server, locale: string, text: string) {
  const page = await (await browser.newContext({ locale })).newPage();
  await page.goto(`${server.url}/try`);
  await page.locator("grata-webchat").getByRole("button").first().click();
  const chat = page.frameLocator("iframe");
  await write(chat, text);
  return { page, chat };
}

const inHeader = (chat: FrameLocator) => chat.locator("header");

test("B8, D1: an admin makes an identity, assigns it, and customers see it in their language, as it was then", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  await openIdentities(page, server);
  await expect(page.getByText("No identities yet")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "New identity" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Enter a name.")).toBeVisible();
  await dialog.getByLabel("Name (English)").fill("Support");
  await dialog.getByLabel("Second line (English)").fill("We answer in English");
  await dialog.getByLabel("Name (简体中文)").fill("客服");
  await dialog.getByLabel("Second line (简体中文)").fill("我们用中文回复");
  await choosePicture(page, { name: "a.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("This file is not the kind of picture that its name says.")).toBeVisible();
  const buffer = await picture(400, 300).png().toBuffer();
  await dialog.getByRole("button", { name: "Remove the picture" }).click();
  await choosePicture(page, { name: "a.png", mimeType: "image/png", buffer });
  await expect(dialog.getByRole("region", { name: "What customers see" })).toContainText(
    "We answer in English",
  );
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  const line = page.getByRole("listitem").filter({ hasText: "Support" });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText("Shared · Nobody uses it");

  const { member, their } = await join(page, server, browser);
  await page.goto(`${server.url}/console/admin/users/${member.id}`);
  const select = page.getByRole("combobox", { name: "Web chat" });
  await select.click();
  await page.getByRole("option", { name: "Support" }).click();
  const card = page.locator("form").filter({ hasText: "Agent Identities" });
  await card.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByText("The identities are saved.")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${server.url}/console/admin/users`);
  await expect(page.getByRole("row").filter({ hasText: member.email })).toContainText("Support");

  // A new connection knows it at once; one that is open learns it within seconds.
  await their.reload();
  const english = await customerIn(browser, server, "en", "Do you have oolong?");
  await their.getByRole("button", { name: "Next Chat" }).click();
  await write(their, "We do: three kinds.");
  await expect(inHeader(english.chat)).toContainText("Support");
  await expect(inHeader(english.chat)).toContainText("We answer in English");
  const face = inHeader(english.chat).getByRole("img", { name: "Support" });
  await expect(face).toBeVisible();
  expect(await face.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
  const log = english.chat.getByRole("log");
  await expect(log.getByText("Support", { exact: true })).toBeVisible();
  await expect(english.chat.getByText(member.name)).toHaveCount(0);
  await expect(their.getByRole("log").getByText("You (shown as Support)")).toBeVisible();

  const chinese = await customerIn(browser, server, "zh-CN", "有乌龙茶吗？");
  await their.getByRole("button", { name: "Next Chat" }).click();
  await expect(their.getByRole("log").getByText("有乌龙茶吗？")).toBeVisible();
  await write(their, "有三种。");
  await expect(inHeader(chinese.chat)).toContainText("客服");
  await expect(inHeader(chinese.chat)).toContainText("我们用中文回复");
  await expect(inHeader(chinese.chat).getByRole("img", { name: "客服" })).toBeVisible();

  await openIdentities(page, server);
  await line.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await dialog.getByLabel("Name (简体中文)").fill("茶馆");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("listitem").filter({ hasText: "茶馆" })).toContainText(
    `Used by ${member.name}`,
  );
  await their.reload();
  await write(their, "还有问题吗？");
  const chineseLog = chinese.chat.getByRole("log");
  await expect(chineseLog.getByText("茶馆", { exact: true })).toBeVisible();
  await chinese.page.reload();
  await chinese.page.locator("grata-webchat").getByRole("button").first().click();
  await expect(chineseLog.getByText("茶馆", { exact: true })).toBeVisible();
  await expect(chineseLog.getByText("客服", { exact: true })).toBeVisible();

  await page.goto(`${server.url}/console/history`);
  await page.getByRole("link").filter({ hasText: "oolong" }).click();
  await expect(page.getByRole("log").getByText(`${member.name} (shown as Support)`).first()).toBeVisible();

  await openIdentities(page, server);
  await page.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(dialog).toContainText(`It is used by ${member.name}.`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No identities yet")).toBeVisible();
});

test("D1: a picture that cannot be shown leaves the letter of the name", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  await shop.route("**/api/avatars/*", (route) => route.abort());
  await page.request.post(`${server.url}/api/agent-identities`, {
    headers: { origin: server.url },
    data: { world: "webchat", ownerId: null, names: { en: { name: "Support", line: "" } } },
  });
  const { identities } = await (await page.request.get(`${server.url}/api/agent-identities`)).json();
  const { id } = identities[0];
  await page.request.put(`${server.url}/api/agent-identities/${id}/avatar`, {
    headers: { origin: server.url, "content-type": "image/png" },
    data: await picture(40, 40).png().toBuffer(),
  });
  const { user } = await (await page.request.get(`${server.url}/api/session`)).json();
  await page.request.put(`${server.url}/api/team/users/${user.id}/identities`, {
    headers: { origin: server.url },
    data: { webchat: id },
  });
  await page.reload();
  const chat = await openChatWindow(shop, server);
  await write(chat, "Hello?");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(inHeader(chat)).toContainText("Support");
  await expect(inHeader(chat).locator("span.avatar")).toHaveText("S");
  await expect(inHeader(chat).getByRole("img")).toHaveCount(0);
  await page.request.delete(`${server.url}/api/agent-identities/${id}`, { headers: { origin: server.url } });
});
