import { admin, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { join, signIn } from "./support/team.ts";

test("A7: Change Password takes the current one and the new one twice", async ({ page, browser, server }) => {
  await enterConsole(page, server);
  const { member, their } = await join(page, server, browser);
  await their.getByRole("button", { name: `Menu of ${member.name}` }).click();
  await their.getByRole("menuitem", { name: "Change Password" }).click();
  const current = their.getByRole("textbox", { name: "Current password" });
  const fresh = their.getByRole("textbox", { name: "New password", exact: true });
  const again = their.getByRole("textbox", { name: "New password again" });
  const update = their.getByRole("button", { name: "Update" });
  await expectAccessible(their);
  await current.fill("not the one I have");
  await fresh.fill("another four words here");
  await again.fill("another four words there");
  await update.click();
  await expect(their.getByText("The two new passwords are not the same.")).toBeVisible();
  await again.fill("another four words here");
  await update.click();
  await expect(current).toHaveAttribute("aria-invalid", "true");
  await expect(current).toBeFocused();
  await current.fill(member.password);
  await update.click();
  await expect(their.getByText("Your password is changed.")).toBeVisible();
  await expect(current).toHaveValue("");
  await their.context().clearCookies();
  await signIn(their, server, member);
  await expect(their.getByRole("alert")).toContainText("do not match");
  await signIn(their, server, { ...member, password: "another four words here" });
  await expect(their.getByText("Connected")).toBeVisible();
});

test("C6: My Settings: language, time zone and notifications are kept, and every time is told in the zone", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const { their } = await join(page, server, browser);
  await their.getByRole("button", { name: /Menu of/ }).click();
  await their.getByRole("menuitem", { name: "My Settings" }).click();
  await expect(their.getByRole("heading", { level: 1, name: "My Settings" })).toBeVisible();
  await expectAccessible(their);
  const zone = their.getByLabel("Time zone");
  const hour = async (name: string) => {
    await zone.selectOption(name);
    await expect(zone).toHaveValue(name);
    const time = new Intl.DateTimeFormat("en", { timeZone: name, hour: "numeric" }).format(Date.now());
    const [digits = ""] = time.split(/\s/);
    await expect(their.getByText("There it is")).toContainText(`is ${digits}:`);
  };
  await hour("Pacific/Kiritimati");
  await hour("America/Los_Angeles");
  await their.getByLabel("Only when I am away").click();
  await expect(their.getByText("Saved.")).toBeVisible();
  await their.reload();
  await expect(zone).toHaveValue("America/Los_Angeles");
  await expect(their.getByLabel("Only when I am away")).toBeChecked();
  const kept = their.waitForResponse((answer) => answer.request().method() === "PATCH");
  await their.getByLabel("Language").selectOption("zh-Hant");
  await expect(their.getByRole("heading", { level: 1, name: "我的設定" })).toBeVisible();
  expect((await kept).ok()).toBe(true);
  await their.reload();
  await expect(their.getByRole("heading", { level: 1, name: "我的設定" })).toBeVisible();
});

test("A9: a newer sign-in ends the older one, which is told why; My sessions shows and ends them", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await enterConsole(page, server);
    const { member, their } = await join(page, server, browser);
    const newer = await (await browser.newContext({ locale: "en" })).newPage();
    await signIn(newer, server, member);
    await expect(newer.getByText("Connected")).toBeVisible();
    await expect(their).toHaveURL(/\/sign-in/);
    await expect(their.getByRole("status").filter({ hasText: /another|newer|elsewhere/i })).toBeVisible();
    await expectAccessible(their);

    await page.goto(`${server.url}/console/admin/organisation`);
    await page.getByLabel("One session for each user").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await signIn(their, server, member);
    await expect(their.getByText("Connected")).toBeVisible();
    await expect(newer.getByText("Connected")).toBeVisible();
    await their.getByRole("button", { name: /Menu of/ }).click();
    await their.getByRole("menuitem", { name: "My sessions" }).click();
    await expect(their.getByRole("main").getByRole("listitem")).toHaveCount(2);
    await expect(their.getByText("This browser")).toHaveCount(1);
    await expectAccessible(their);
    await their.getByRole("button", { name: /End the session/ }).click();
    await expect(newer).toHaveURL(/\/sign-in/);
    await expect(their.getByRole("main").getByRole("listitem")).toHaveCount(1);
  } finally {
    await server.stop();
  }
});

test("A9: one minute before an idle session ends a warning comes, which a click dismisses", async ({
  page,
  server,
}) => {
  let told = 0;
  // The shortest period is five minutes: the server's answer is changed on its way.
  await page.route("**/api/session/activity", (route) => {
    told += 1;
    return route.fulfill({ json: { endsAt: Date.now() + (told === 1 ? 61_000 : 600_000) } });
  });
  await enterConsole(page, server);
  const warning = page.getByRole("dialog");
  await expect(warning).toContainText("you will be logged out");
  await expectAccessible(page);
  await warning.getByRole("button", { name: "I am still here" }).click();
  await expect(warning).toHaveCount(0);
  expect(told).toBe(2);
});

test("A6: Recover answers the same for every address", async ({ page, server }) => {
  await enterConsole(page, server);
  await page.context().clearCookies();
  const said: string[] = [];
  for (const email of [admin.email, "nobody.at.all@example.test"]) {
    await page.goto(`${server.url}/sign-in`);
    await page.getByRole("link", { name: "Recover" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Recover your password" })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    const answer = page.getByRole("status").filter({ hasText: email });
    await expect(answer).toBeVisible();
    said.push((await answer.innerText()).replace(email, ""));
  }
  expect(said[0]).toBe(said[1]);
});

test("H3: the audit log tells who did what to whom, and is narrowed by its filters", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const { member } = await join(page, server, browser, { name: "Audited Person" });
  await page.goto(`${server.url}/console/admin/audit-log`);
  const entries = page.getByRole("main").getByRole("listitem");
  await expect(entries.filter({ hasText: member.name }).filter({ hasText: "Invited" })).toContainText(
    admin.name,
  );
  await expectAccessible(page);
  await page.getByLabel("What happened").selectOption("invitation.accepted");
  await expect(entries.first()).toContainText("Accepted the invitation");
  await expect(entries.filter({ hasText: "Invited" })).toHaveCount(0);
  await page.getByLabel("Until").fill("2020-01-01");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.getByRole("link", { name: member.name }).first().click();
  await expect(page).toHaveURL(/(actorId|targetId)=/);
  await expect(entries.filter({ hasNotText: member.name })).toHaveCount(0);
});
