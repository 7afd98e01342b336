import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import {
  admin,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  test,
  write,
} from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { choose, confirm, invite, join, newAddress, openUsers, send, signIn } from "./support/team.ts";

test("B6: who is disabled is out at once and told why, their chat waits again, and they can be enabled", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await openUsers(page, server);
    const { member, their } = await join(page, server, browser);
    const shop = await (await browser.newContext({ locale: "en" })).newPage();
    await write(await openChatWindow(shop, server), "who helps me now?");
    await their.getByRole("button", { name: "Next Chat" }).click();
    await expect(their.getByRole("log").getByText("who helps me now?")).toBeVisible();

    await choose(page, member, "Disable");
    await expect(page.getByRole("dialog")).toContainText("wait list");
    await expectAccessible(page);
    await confirm(page, "Disable");
    await expect(their).toHaveURL(/\/sign-in/);
    await expect(their.getByRole("status").filter({ hasText: "disabled" })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: member.email })).toContainText("Disabled");
    await signIn(their, server, member);
    await expect(their.getByRole("alert")).toContainText("do not match");
    await page.getByRole("button", { name: "Next Chat" }).click();
    await expect(page.getByRole("log").getByText("who helps me now?")).toBeVisible();

    await page.goto(`${server.url}/console/admin/users`);
    await choose(page, member, "Enable");
    await confirm(page, "Enable");
    await signIn(their, server, member);
    await expect(their.getByText("Connected")).toBeVisible();
  } finally {
    await server.stop();
  }
});

test("B6: the last admin has no way to disable or demote themselves", async ({ page, server }) => {
  await openUsers(page, server);
  await page.getByLabel("Search by name or address").fill(admin.email);
  const own = page.getByRole("row").filter({ hasText: admin.email });
  await expect(own.getByText("You")).toBeVisible();
  await expect(own.getByRole("button")).toHaveCount(0);
  await own.getByRole("link", { name: admin.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: admin.name })).toBeVisible();
  await page.getByLabel("Role").selectOption("agent");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("last active admin")).toBeVisible();
});

test("B12: a profile shows and changes who somebody is, and ends their sessions", async ({
  page,
  browser,
  server,
}) => {
  await openUsers(page, server);
  const { member, their } = await join(page, server, browser);
  await page.getByLabel("Search by name or address").fill(member.email);
  const line = page.getByRole("row").filter({ hasText: member.email });
  await line.getByRole("link", { name: member.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: member.name })).toBeVisible();
  await expect(page.getByText("Active")).toBeVisible();
  await expect(page.getByText(/Chrome on/)).toBeVisible();
  await expectAccessible(page);
  // It is theirs: shown, and no field.
  await expect(page.getByRole("main").getByText("English", { exact: true })).toBeVisible();
  await expect(page.getByRole("combobox", { name: /Language/ })).toHaveCount(0);
  await page.getByLabel("Name").fill("Mei Lin-Chen");
  await page.getByLabel("Role").selectOption("admin");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mei Lin-Chen" })).toBeVisible();
  await page.getByRole("button", { name: "End sessions" }).click();
  await confirm(page, "End sessions");
  await expect(their).toHaveURL(/\/sign-in/);
  await expect(page.getByText("Signed in nowhere just now.")).toBeVisible();
  await signIn(their, server, member);
  await their.getByRole("button", { name: /Menu of/ }).click();
  await expect(their.getByRole("menuitem", { name: "Admin Panel" })).toBeVisible();
});

test("B12: until an invitation is accepted its language can be changed on the profile", async ({
  page,
  server,
}) => {
  await openUsers(page, server);
  const { member } = await invite(page, server);
  await page.goto(`${server.url}/console/admin/users/${member.id}`);
  const language = page.getByLabel("Language of the invitation");
  await expect(language).toHaveValue("en");
  await language.selectOption("zh-Hant");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(language).toHaveValue("zh-Hant");
});

test("B2, B7: two thousand users are searched, filtered, sorted and turned page by page", async ({
  page,
}) => {
  const server = await Server.start();
  try {
    await enterConsole(page, server);
    for (let batch = 0; batch < 4; batch += 1) {
      const lines = Array.from({ length: 500 }, (_, index) => ({
        name: `Agent ${String(batch * 500 + index).padStart(4, "0")}`,
        email: newAddress(),
        role: index % 100 === 0 ? "admin" : "agent",
        language: "zh-Hans",
      }));
      await send(page, server, "POST", "/api/team/invitations/many", { lines });
    }
    await page.goto(`${server.url}/console/admin/users`);
    await expect(page.getByText("2,001 users")).toBeVisible();
    const lines = page.getByRole("row");
    await expect(lines).toHaveCount(51);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Next page" }).click();
    await expect(page.getByText("Page 2")).toBeVisible();
    await expect(lines.nth(1)).toContainText("Agent 0049");
    await page.getByRole("button", { name: "Previous page" }).click();
    await expect(lines.nth(1)).toContainText(admin.name);
    await page.reload();
    await page.getByRole("button", { name: "Name" }).click();
    await expect(lines.nth(1)).toContainText("Agent 1999");
    await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
    await page.getByLabel("Search by name or address").fill("agent 1234");
    await expect(page.getByText("1 user", { exact: true })).toBeVisible();
    await page.reload();
    await expect(lines.nth(1)).toContainText("Agent 1234");
    await page.getByLabel("Search by name or address").fill("nobody has this");
    await page.getByRole("button", { name: "Clear search and filters" }).click();
    await page.getByLabel("Status").selectOption("active");
    await expect(lines).toHaveCount(2);
    await page.getByLabel("Status").selectOption("");
    await page.getByLabel("Role").selectOption("admin");
    await expect(page.getByText("21 users")).toBeVisible();
    await page.getByLabel("Role").selectOption("");
    await page.getByLabel("Language", { exact: true }).selectOption("en");
    await expect(page.getByText("1 user", { exact: true })).toBeVisible();

    await page.getByRole("link", { name: "Review your team" }).click();
    await expect(page.getByText("Everybody has been here")).toBeVisible();
    await expectAccessible(page);
    const asked = page.waitForRequest(/notSeenForDays=90/);
    await page.getByText("90 days").click();
    await asked;
  } finally {
    await server.stop();
  }
});

test("A5: six failures lock an account; an admin sees it and unlocks it", async ({ page, browser }) => {
  const server = await Server.start();
  try {
    await openUsers(page, server);
    const { member, their } = await join(page, server, browser);
    await their.context().clearCookies();
    for (let attempt = 1; attempt <= attemptsAllowed; attempt += 1) {
      const answer = await their.request.post(`${server.url}/api/session`, {
        headers: { origin: server.url },
        data: { email: member.email, password: `a wrong guess, number ${attempt}` },
      });
      expect(answer.ok()).toBe(false);
    }
    await signIn(their, server, member);
    await expect(their.getByRole("alert")).toContainText("Six failures in a row lock an account");
    await expect(their.getByRole("link", { name: "Recover" })).toBeVisible();
    await page.reload();
    await choose(page, member, "Unlock");
    await expect(page.getByRole("row").filter({ hasText: member.email })).toContainText("Locked");
    await expect(page.getByRole("dialog")).toContainText("was locked after six failed sign-ins.");
    await confirm(page, "Unlock");
    await expect(page.getByRole("row").filter({ hasText: member.email })).toContainText("Active");
    await expect(async () => {
      await signIn(their, server, member);
      await expect(their.getByText("Connected")).toBeVisible({ timeout: 3_000 });
    }).toPass();
  } finally {
    await server.stop();
  }
});

test("B2: on a phone of 360 pixels the list and its menu need no scrolling sideways", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openUsers(page, server);
  await expect(page.getByRole("row").filter({ hasText: admin.email })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Add Agents" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
