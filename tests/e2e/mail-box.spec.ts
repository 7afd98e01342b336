import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import type { Page } from "@playwright/test";
import { enterConsole, expect, expectAccessible } from "./support/fixtures.ts";
import { mailedLink, mailTo, test } from "./support/mailed.ts";
import { choose, confirm, type Member, newAddress, openUsers, signIn } from "./support/team.ts";

const password = "four words in a row";
const changed = "another four words here";

/** Adds somebody by the form, as an admin does. */
async function addAgent(page: Page, email: string, language: string): Promise<void> {
  await page.getByRole("button", { name: "Add Agents" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Mei Lin");
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Language of the invitation").selectOption(language);
  await form.getByRole("button", { name: "Save and send invitation" }).click();
  await expect(form).toHaveCount(0);
}

async function setPassword(page: Page, link: string, text: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(text);
  await page.getByRole("button", { name: /Set password/ }).click();
  await expect(page.getByText("Connected")).toBeVisible();
}

/** A recovery ends all sessions; the sign-in page is next. */
async function recoverWith(page: Page, link: string, text: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(text);
  await page.getByRole("button", { name: /Set password/ }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("Your password has been changed. Sign in with the new one.")).toBeVisible();
}

/** A link that does nothing any more says why. */
async function expectDead(page: Page, link: string, word: RegExp): Promise<void> {
  await page.goto(link);
  await expect(page.getByRole("alert")).toContainText(word);
  await expect(page.getByLabel("New password")).toHaveCount(0);
}

async function recover(page: Page, address: string, from: string): Promise<void> {
  await page.goto(`${from}/sign-in`);
  await page.getByRole("link", { name: "Recover" }).click();
  // The page before has such a field too.
  await expect(page.getByRole("heading", { name: "Recover your password" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(address);
  await page.getByRole("button", { name: /Send|Recover/ }).click();
  await expect(page.getByText(`If ${address} belongs to an account`)).toBeVisible();
}

test("A1, B3, B5: the invitation arrives, in the language chosen; resent it is another link and the older is dead; then the console", async ({
  page,
  browser,
  server,
  box,
}) => {
  const email = newAddress();
  await openUsers(page, server);
  await addAgent(page, email, "zh-Hant");
  const first = await mailedLink(box, email);
  const { email: invitation } = await mailTo(box, email);
  expect(invitation.subject).toContain("邀請您使用 Grata");
  // Log-in instructions, and never a password.
  expect(invitation.text).toContain(`${server.url}/sign-in`);

  await choose(page, { email }, "Resend invitation");
  await confirm(page, "Resend invitation");
  const second = await mailedLink(box, email, 2);
  expect(second).not.toBe(first);

  const their = await (await browser.newContext({ locale: "en" })).newPage();
  await expectDead(their, first, /cancelled or replaced/);
  await expectAccessible(their);
  await their.goto(second);
  await expect(their.getByText(email)).toBeVisible();
  await their.getByLabel("New password").fill(password);
  await their.getByRole("button", { name: /Set password/ }).click();
  await expect(their.getByText("已連線")).toBeVisible();
  await expectDead(their, second, /already been used/);
});

test("B5, A2: a cancelled invitation is dead, and its address may be invited again", async ({
  page,
  browser,
  server,
  box,
}) => {
  const email = newAddress();
  await openUsers(page, server);
  await addAgent(page, email, "en");
  const link = await mailedLink(box, email);
  await choose(page, { email }, "Cancel invitation");
  await confirm(page, "Cancel invitation");
  const their = await (await browser.newContext({ locale: "en" })).newPage();
  await expectDead(their, link, /cancelled/);
  await addAgent(page, email, "en");
  await setPassword(their, await mailedLink(box, email, 2), password);
});

test.describe("A5, A6: a lost password", () => {
  /** Somebody who is in, by the mail they got. */
  async function joinByMail(
    page: Page,
    their: Page,
    from: Parameters<typeof openUsers>[1],
    box: Parameters<typeof mailTo>[0],
  ) {
    const member: Member = { id: "", name: "Mei Lin", email: newAddress(), password };
    await openUsers(page, from);
    await addAgent(page, member.email, "en");
    await setPassword(their, await mailedLink(box, member.email), password);
    return member;
  }

  test("A6: Recover sends a link that sets a new password; an older one, and a used one, are dead", async ({
    page,
    browser,
    server,
    box,
  }) => {
    const their = await (await browser.newContext({ locale: "en" })).newPage();
    const member = await joinByMail(page, their, server, box);
    const elsewhere = await (await browser.newContext({ locale: "en" })).newPage();
    await recover(elsewhere, member.email, server.url);
    const older = await mailedLink(box, member.email, 2);
    await recover(elsewhere, member.email, server.url);
    const newer = await mailedLink(box, member.email, 3);
    await expectDead(elsewhere, older, /newer recovery link/);
    await recoverWith(elsewhere, newer, changed);
    await expectDead(elsewhere, newer, /already been used/);
    // Whoever else was in is out, and only the new password opens.
    await expect(their).toHaveURL(/\/sign-in/);
    await signIn(their, server, member);
    await expect(their.getByRole("alert")).toContainText("do not match");
    await signIn(their, server, { ...member, password: changed });
    await expect(their.getByText("Connected")).toBeVisible();
  });

  test("A6: an address that belongs to nobody gets the same answer and no mail", async ({
    page,
    server,
    box,
  }) => {
    const nobody = newAddress();
    await enterConsole(page, server);
    await page.context().clearCookies();
    await recover(page, nobody, server.url);
    await expectAccessible(page);
    expect(box.to(nobody)).toEqual([]);
  });

  test("A5: six wrong passwords lock the account, its owner gets a mail, and its link leads to Recover, which unlocks", async ({
    page,
    browser,
    server,
    box,
  }) => {
    const their = await (await browser.newContext({ locale: "en" })).newPage();
    const member = await joinByMail(page, their, server, box);
    await their.context().clearCookies();
    const guess = { ...member, password: "a wrong one of many words" };
    for (let attempt = 1; attempt <= attemptsAllowed; attempt++) {
      expect(box.to(member.email)).toHaveLength(1);
      await signIn(their, server, guess);
      await expect(their.getByRole("alert")).toContainText("do not match");
    }
    const { email: notice } = await mailTo(box, member.email, 2);
    expect(notice.subject).toBe("Your Grata account has been locked");
    // The right one does not open it either, and is told no more than a wrong one.
    await signIn(their, server, member);
    await expect(their.getByRole("alert")).toContainText("do not match");
    await openUsers(page, server);
    const line = page.getByRole("row").filter({ hasText: member.email });
    await page.getByLabel("Search by name or address").fill(member.email);
    await expect(line).toContainText("Locked");

    const [back = ""] = /http:\S+\/recover\b/.exec(notice.text ?? "") ?? [];
    await their.goto(back);
    await their.getByLabel("E-mail address").fill(member.email);
    await their.getByRole("button", { name: /Send|Recover/ }).click();
    await recoverWith(their, await mailedLink(box, member.email, 3), changed);
    await signIn(their, server, { ...member, password: changed });
    await expect(their.getByText("Connected")).toBeVisible();
    await page.reload();
    await expect(line).toContainText("Active");
  });
});
