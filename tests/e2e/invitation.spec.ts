import { admin, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import { choose, confirm, invite, newAddress, openUsers } from "./support/team.ts";

test("B3, A1: Add Agents tells what is wrong at each field, and the link leads straight into the console", async ({
  page,
  browser,
  server,
}) => {
  const email = newAddress();
  await openUsers(page, server);
  await page.getByRole("button", { name: "Add Agents" }).click();
  const form = page.getByRole("dialog");
  await expect(form.getByLabel("Name")).toBeFocused();
  await expectAccessible(page);
  const save = form.getByRole("button", { name: "Save and send invitation" });
  await save.click();
  await expect(form.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel("E-mail address")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("Name").fill("林梅");
  await form.getByLabel("E-mail address").fill(admin.email.toUpperCase());
  await save.click();
  await expect(form.getByText(/already|taken|in use/i)).toBeVisible();
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Language of the invitation").selectOption("zh-Hans");
  await save.click();
  await expect(form).toHaveCount(0);

  await choose(page, { email }, "Copy invitation link");
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("Invited");
  const link = await page.getByRole("dialog").getByLabel("Invitation link").inputValue();
  await expectAccessible(page);

  const their = await (await browser.newContext({ locale: "en" })).newPage();
  await their.goto(link);
  await expect(their.getByText(email)).toBeVisible();
  expect(new URL(their.url()).hash).toBe("");
  await expectAccessible(their);
  await their.getByLabel("New password").fill("too short");
  await their.getByRole("button", { name: /Set password/ }).click();
  await expect(their.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await their.getByLabel("New password").fill("four words in a row");
  await their.getByRole("button", { name: /Set password/ }).click();
  // In the language of the invitation, until they choose another.
  await expect(their.getByText("已连接")).toBeVisible();
  await expect(their).toHaveURL(/\/console/);
  await their.goto(link);
  await expect(their.getByRole("alert")).toContainText("already been used");
  await expect(their.getByLabel("New password")).toHaveCount(0);
});

test("A2: an expired, a used, a replaced, a cancelled and an unknown link each say what they are", async ({
  page,
  browser,
  server,
}) => {
  await openUsers(page, server);
  const { member, link } = await invite(page, server);
  const their = await (await browser.newContext({ locale: "en" })).newPage();
  const expectWord = async (address: string, word: RegExp) => {
    await their.goto(address);
    await expect(their.getByRole("alert")).toContainText(word);
    await expect(their.getByLabel("New password")).toHaveCount(0);
    await expect(their.getByRole("link", { name: "Back to sign-in" })).toBeVisible();
  };
  await choose(page, member, "Resend invitation");
  await expect(page.getByRole("dialog")).toContainText("48 hours");
  await confirm(page, "Resend invitation");
  await expectWord(link, /cancelled or replaced/);

  const flipped = `${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`;
  await expectWord(flipped, /not valid/);
  await expectAccessible(their);

  await choose(page, member, "Cancel invitation");
  await confirm(page, "Cancel invitation");
  await expect(page.getByRole("row").filter({ hasText: member.email })).toHaveCount(0);

  // An hour cannot be waited for: the server's answer is changed on its way.
  const { link: good } = await invite(page, server);
  await their.route("**/api/invitation/check", (route) => route.fulfill({ json: { state: "expired" } }));
  await expectWord(good, /expired/);
});

test("B3: several are invited at once, and a bad line neither spoils the others nor is lost", async ({
  page,
  server,
}) => {
  const [first, second, third] = [newAddress(), newAddress(), newAddress()];
  await openUsers(page, server);
  await page.getByRole("button", { name: "Add Agents" }).click();
  const form = page.getByRole("dialog");
  await form.getByText("Several at once").click();
  const list = form.getByLabel("One person in each line");
  await list.fill(
    `Name,E-mail\nBo Chen, ${first}, admin\nNobody at all\n${second}\tDi Wu\nAnn Lee, ${newAddress()}, supervisor\nBo again, ${admin.email}`,
  );
  await expectAccessible(page);
  await form.getByRole("button", { name: "Invite 5 people" }).click();
  await expect(form.getByText("2 people are invited")).toBeVisible();
  await expect(form.getByText("3 lines were not taken")).toBeVisible();
  await expect(form.getByRole("listitem").filter({ hasText: "Line 3" })).toContainText("Nobody at all");
  await expect(form.getByRole("listitem").filter({ hasText: "Line 5" })).toContainText(
    "“supervisor” is neither a role nor a language.",
  );
  await expect(list).toHaveValue(
    new RegExp(`^Nobody at all\nAnn Lee, \\S+, supervisor\nBo again, ${admin.email}$`),
  );
  await expectAccessible(page);
  await list.fill("");
  const chooser = page.waitForEvent("filechooser");
  await form.getByRole("button", { name: "Read a CSV file" }).click();
  const csv = Buffer.from(`\uFEFFemail;name\r\n${third};"Fang, Li"\r\n`);
  await (await chooser).setFiles({ name: "team.csv", mimeType: "text/csv", buffer: csv });
  await form.getByRole("button", { name: "Invite 1 person" }).click();
  await expect(form.getByText("1 person is invited")).toBeVisible();
  await form.getByRole("button", { name: "Close" }).last().click();
  await page.getByLabel("Search by name or address").fill("Bo Chen");
  await expect(page.getByRole("row").filter({ hasText: first })).toContainText("Admin");
  await page.getByLabel("Search by name or address").fill(third);
  await expect(page.getByRole("row").filter({ hasText: "Fang, Li" })).toBeVisible();
});

test("H4: without a mail server the invitation waits where an admin sees it", async ({ page, server }) => {
  await enterConsole(page, server);
  const { member } = await invite(page, server);
  await page.goto(`${server.url}/console/admin/mail`);
  await expect(page.getByText("No mail server is set")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: member.email })).toContainText("Waiting");
  await expectAccessible(page);
  await page.getByText("Sent", { exact: true }).click();
  await expect(page.getByText("No mail here")).toBeVisible();
});
