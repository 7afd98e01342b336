import { admin, enterConsole, expect, expectAccessible, openChatWindow, write } from "./support/fixtures.ts";
import { mailTo, test } from "./support/mailed.ts";
import { send } from "./support/team.ts";

test("D1, H4: who finds nobody there leaves an address, and gets the agent's answer by mail", async ({
  page,
  browser,
  server,
  box,
}) => {
  await enterConsole(page, server);
  await page.goto("about:blank");
  const visitor = await (await browser.newContext({ locale: "zh-TW" })).newPage();
  await visitor.goto(`${server.url}/try`);
  await visitor.getByRole("button", { name: "開啟聊天" }).click();
  const chat = visitor.frameLocator("iframe");
  await chat.getByLabel("電子郵件").fill("mei@example.test");
  await chat.getByRole("textbox").last().fill("有綠茶嗎？");
  await chat.getByRole("button", { name: /送出|留言/ }).click();
  await expect(chat.getByText("有綠茶嗎？")).toBeVisible();
  await visitor.close();

  await page.goto(`${server.url}/console`);
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByText("go by e-mail to mei@example.test")).toBeVisible();
  await expectAccessible(page);
  await write(page, "有的 <b>龍井</b>");
  await write(page, "您要哪一種？");
  await expect(page.getByRole("log").getByText("您要哪一種？")).toBeVisible();
  await expect(page.getByText("Sending")).toHaveCount(0);

  await page.goto(`${server.url}/console/admin/mail`);
  const waiting = page.getByRole("listitem").filter({ hasText: "mei@example.test" });
  await expect(waiting).toContainText("Waiting");
  await waiting.getByText("Show the text").click();
  await expect(waiting).toContainText("有的 <b>龍井</b>");
  // A minute is not waited for.
  await waiting.getByRole("button", { name: "Send now" }).click();
  const { email } = await mailTo(box, "mei@example.test");
  expect(email.from).toEqual({ name: admin.organisation, address: "grata@mail.example" });
  expect(email.subject).toBe(`${admin.organisation} 回覆了您`);
  expect(email.text).toContain(`${admin.name}:\n有的 <b>龍井</b>`);
  expect(email.text).toContain("您要哪一種？");
  expect(email.text).toContain(`${server.url}/try`);
  expect(email.html).not.toContain("<b>");

  // As the mail looks where it is read.
  const reader = await (await browser.newContext({ viewport: { width: 640, height: 900 } })).newPage();
  await reader.setContent(email.html ?? "");
  await expect(reader.getByText("有的 <b>龍井</b>")).toBeVisible();
  await expect(reader.getByRole("link", { name: "繼續聊天" })).toHaveAttribute("href", /\/try$/);
  await reader.close();
});

test("D1: what the visitor reads in the window is not mailed", async ({ page, browser, server, box }) => {
  await enterConsole(page, server);
  await page.goto("about:blank");
  const visitor = await (await browser.newContext({ locale: "en" })).newPage();
  const chat = await openChatWindow(visitor, server);
  await chat.getByLabel("E-mail").fill("here@example.test");
  await chat.getByRole("textbox").last().fill("I am still here");
  await chat.getByRole("button", { name: /Send|Leave/ }).click();
  await expect(chat.getByText("I am still here")).toBeVisible();

  await page.goto(`${server.url}/console`);
  await page.getByRole("button", { name: "Next Chat" }).click();
  await write(page, "And so am I");
  await expect(chat.getByText("And so am I")).toBeVisible();
  const outbox = async () => (await send(page, server, "GET", "/api/mails?state=waiting")).mails;
  const [mail] = await outbox();
  expect(mail.recipient).toBe("here@example.test");
  await send(page, server, "POST", `/api/mails/${mail.id}/retry`);
  await expect.poll(async () => (await outbox()).length).toBe(0);
  expect(box.to("here@example.test")).toEqual([]);
});
