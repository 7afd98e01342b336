import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { generateSync } from "otplib";
import { admin, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { confirm, join, type Member, signIn } from "./support/team.ts";

const codeOf = (seed: string, steps = 0) =>
  generateSync({ secret: seed, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

/** Opens the page in the menu below the name. */
async function openPage(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Menu of/ }).click();
  await page.getByRole("menuitem", { name: "Two-step sign-in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Two-step sign-in" })).toBeVisible();
}

async function givePassword(page: Page, password: string, action: string): Promise<void> {
  await page.getByRole("textbox", { name: "Current password" }).fill(password);
  await page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
}

/** Sets up an app and returns its seed and the recovery codes. */
async function setUpApp(page: Page, password: string) {
  await page.getByRole("button", { name: "Set up an app" }).click();
  await givePassword(page, password, "Continue");
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const seed = (await page.locator("code").innerText()).replaceAll(" ", "");
  await page.getByLabel("Code of the app").fill(codeOf(seed));
  await page.getByRole("button", { name: "Turn on" }).click();
  const dialog = page.getByRole("dialog", { name: "Recovery codes" });
  await expect(dialog.getByRole("listitem")).toHaveCount(10);
  return { seed, dialog, codes: await dialog.getByRole("listitem").allInnerTexts() };
}

/** A browser without a session, at the page after the password. */
async function signInAgain(page: Page, server: Server, member: Member): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, server, member);
  await expect(page.getByRole("heading", { level: 1, name: "Second step" })).toBeVisible();
}

test("H5: an app is set up by its QR code, asked for at sign-in, and turned off", async ({
  page,
  browser,
  server,
}) => {
  await enterConsole(page, server);
  const { member, their } = await join(page, server, browser);
  await openPage(their);
  await expectAccessible(their);
  await their.getByRole("button", { name: "Set up an app" }).click();
  await givePassword(their, "not my password", "Continue");
  await expect(their.getByRole("textbox", { name: "Current password" })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await expectAccessible(their);
  await their.keyboard.press("Escape");
  const { seed, dialog, codes } = await setUpApp(their, member.password);
  await expectAccessible(their);
  const downloading = their.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download" }).click();
  const file = await readFile(await (await downloading).path(), "utf8");
  expect(file.trim().split("\n")).toEqual(codes);
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(their.getByText("10 of 10 left")).toBeVisible();

  await signInAgain(their, server, member);
  await expectAccessible(their);
  await their.goto(`${server.url}/console`);
  await expect(their).toHaveURL(/\/sign-in/);
  await signInAgain(their, server, member);
  const code = their.getByRole("textbox", { name: "Code" });
  await code.fill("000000");
  await their.keyboard.press("Enter");
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await code.fill(codeOf(seed, 1));
  await their.keyboard.press("Enter");
  await expect(their.getByText("Connected")).toBeVisible();

  await signInAgain(their, server, member);
  await their.getByRole("button", { name: "Use a recovery code" }).click();
  await their.getByRole("textbox", { name: "Recovery code" }).fill(codes[0] ?? "");
  await their.keyboard.press("Enter");
  await expect(their.getByText("Connected")).toBeVisible();
  await openPage(their);
  await expect(their.getByText("9 of 10 left")).toBeVisible();
  await their.getByRole("button", { name: "Turn off" }).click();
  await givePassword(their, member.password, "Turn off");
  await expect(their.getByText("Not set up")).toBeVisible();
  await their.context().clearCookies();
  await signIn(their, server, member);
  await expect(their.getByText("Connected")).toBeVisible();
});

test("H5: a passkey is the second step, and signs in alone", async ({ page, browser, server }) => {
  await enterConsole(page, server);
  const { member, their } = await join(page, server, browser);
  const devices = await their.context().newCDPSession(their);
  await devices.send("WebAuthn.enable");
  await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await openPage(their);
  await their.getByRole("button", { name: "Add a passkey" }).click();
  await their.getByRole("textbox", { name: "Name" }).fill("My laptop");
  await expectAccessible(their);
  await givePassword(their, member.password, "Continue");
  await their.getByRole("button", { name: "I have kept them" }).click();
  await expect(their.getByText("My laptop")).toBeVisible();
  await expect(their.getByText("Not used yet")).toBeVisible();
  await expectAccessible(their);

  await signInAgain(their, server, member);
  await their.getByRole("button", { name: "Use my passkey" }).click();
  await expect(their.getByText("Connected")).toBeVisible();

  await their.context().clearCookies();
  await their.goto(`${server.url}/sign-in`);
  await their.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(their.getByText("Connected")).toBeVisible();
  await openPage(their);
  await expect(their.getByText(/Last used/)).toBeVisible();

  await their.getByRole("button", { name: "Remove My laptop" }).click();
  await givePassword(their, member.password, "Remove");
  await expect(their.getByText("You have none yet.")).toBeVisible();
  await their.context().clearCookies();
  await their.goto(`${server.url}/sign-in`);
  await their.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(their.getByRole("alert")).toContainText("passkey was not accepted");
  await expectAccessible(their);
});

test("H5: an organisation that requires a second step lets nobody further without one", async ({
  page,
  browser,
}) => {
  const server = await Server.start();
  try {
    await enterConsole(page, server);
    const { member, their } = await join(page, server, browser);
    await page.goto(`${server.url}/console/admin/organisation`);
    await page.getByLabel("Second step required").check();
    await page.getByRole("button", { name: "Save" }).click();
    // Whoever is there is led to the page within seconds, the admin too.
    for (const somebody of [page, their]) {
      await expect(somebody).toHaveURL(/\/second-factor$/, { timeout: 15_000 });
      await expect(somebody.getByText("Your organisation asks for it.")).toBeVisible();
    }
    await expectAccessible(page);
    await page.goto(`${server.url}/console/admin/users`);
    await expect(page).toHaveURL(/\/second-factor$/);
    for (const [somebody, password] of [
      [page, admin.password],
      [their, member.password],
    ] as const) {
      const { dialog } = await setUpApp(somebody, password);
      await dialog.getByRole("button", { name: "I have kept them" }).click();
      await expect(somebody.getByText("Connected")).toBeVisible();
    }
    await page.goto(`${server.url}/console/admin/users/${member.id}`);
    await page.getByRole("button", { name: "Reset the second step" }).click();
    await expectAccessible(page);
    await confirm(page, "Reset the second step");
    await expect(page.getByText("Off: the password is enough.")).toBeVisible();
    await expect(their).toHaveURL(/\/sign-in/);
    await signIn(their, server, member);
    await expect(their).toHaveURL(/\/second-factor$/);
  } finally {
    await server.stop();
  }
});
