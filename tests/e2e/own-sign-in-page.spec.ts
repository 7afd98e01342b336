import { type NameServer, picture, startNameServer } from "@grata/server/testing";
import { chromium, type Page } from "@playwright/test";
import { findChromium } from "../../scripts/lib/tools.js";
import { admin, enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";
import { join } from "./support/team.ts";

const stranger = { email: "sam@other.example", password: "nothing to do with tea" };
let names: NameServer;
let server: Server;

test.beforeAll(async () => {
  names = await startNameServer();
  server = await Server.start((port) => ({
    PUBLIC_URL: `http://localhost:${port},http://127.0.0.1:${port}`,
    DNS_SERVERS: names.address,
  }));
});
test.afterAll(async () => {
  await server.stop();
  names.close();
});

async function openSettings(page: Page): Promise<void> {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/organisation`);
  await expect(page.getByRole("heading", { name: "Your own sign-in page" })).toBeVisible();
}

async function fillIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.keyboard.press("Enter");
}

test("A4: at its own address an organisation shows its name and logo, and only its members sign in", async ({
  page,
  browser,
}) => {
  await openSettings(page);
  const names = ["--organisation", "Coffee & Co", "--name", "Sam Stranger", "--email", stranger.email];
  await server.command(["create-organisation", ...names], `${stranger.password}\n`);

  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload a logo" }).click();
  const file = {
    name: "logo.png",
    mimeType: "image/png",
    buffer: await picture(1_200, 400).png().toBuffer(),
  };
  await (await chooser).setFiles(file);
  await expect(page.getByRole("img", { name: "The logo as it is shown now" })).toBeVisible();

  const last = page.getByLabel("Last part of the address");
  const save = page.getByRole("button", { name: "Change the address" });
  await last.fill("sign-in");
  await save.click();
  await expect(page.getByText("This address is kept for pages of Grata.")).toBeVisible();
  await last.fill("Tea-And-Co");
  await save.click();
  await expect(page.getByText(`${server.url}/tea-and-co`)).toBeVisible();
  await expect(page.getByText(`${server.url.replace("localhost", "127.0.0.1")}/tea-and-co`)).toBeVisible();
  await expectAccessible(page);

  const visitor = await browser.newContext({ locale: "en" });
  const door = await visitor.newPage();
  await door.goto(`${server.url}/tea-and-co`);
  await expect(door.getByText(admin.organisation)).toBeVisible();
  await expect(door).toHaveTitle(/Tea & Co/);
  const logo = door.locator("main img");
  await expect(logo).toBeVisible();
  expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(512);
  await expectAccessible(door);

  await door.getByRole("link", { name: "Recover" }).click();
  await expect(door).toHaveURL(`${server.url}/tea-and-co/recover`);
  await expect(door.getByText(admin.organisation)).toBeVisible();
  await door.reload();
  await expect(logo).toBeVisible();
  await expectAccessible(door);
  await door.getByRole("link", { name: /sign-in/i }).click();
  await expect(door).toHaveURL(`${server.url}/tea-and-co`);

  await fillIn(door, stranger);
  await expect(door.getByRole("alert")).toContainText("do not match");
  await fillIn(door, admin);
  await expect(door.getByText("Connected")).toBeVisible();
  await door.goto(`${server.url}/tea-and-co`);
  await expect(door).toHaveURL(`${server.url}/console`);

  const other = await (await browser.newContext({ locale: "en" })).newPage();
  await other.goto(`${server.url}/sign-in`);
  await fillIn(other, stranger);
  await expect(other.getByText("Connected")).toBeVisible();
  const nowhere = await other.goto(`${server.url}/coffee-and-co`);
  expect(nowhere?.status()).toBe(404);
});

test("A4: a file that is no picture, and one that is too large, are refused in words; a logo can be removed", async ({
  page,
}) => {
  await openSettings(page);
  const upload = async (name: string, mimeType: string, buffer: Buffer) => {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: /Upload a/ }).click();
    await (await chooser).setFiles({ name, mimeType, buffer });
  };
  await upload("logo.png", "image/png", Buffer.from("<html><script>alert(1)</script></html>"));
  await expect(page.getByRole("alert")).toContainText("not the kind of picture");
  await upload("logo.svg", "image/svg+xml", Buffer.from("<svg/>"));
  await expect(page.getByRole("alert")).toContainText("Use a PNG, JPEG or WebP");
  await upload("logo.png", "image/png", Buffer.alloc(3_000_000));
  await expect(page.getByRole("alert")).toContainText("at most 1 MB");
  await upload("logo.webp", "image/webp", await picture(64, 64).webp().toBuffer());
  await expect(page.getByText("The logo is saved.")).toBeVisible();
  await page.getByRole("button", { name: "Remove the logo" }).click();
  await expect(page.getByText("No logo yet")).toBeVisible();
});

test("A4: a host name of its own, once it is proven, is the organisation's door, and its members work there", async ({
  page,
  browser,
}) => {
  // It starts a browser of its own, which finds the host name here.
  test.slow();
  await openSettings(page);
  const name = page.getByLabel("Host name", { exact: true });
  const save = page.getByRole("button", { name: "Change the host name" });
  await name.fill("https://chat.tea.example/");
  await save.click();
  await expect(page.getByText("This is not a host name.")).toBeVisible();
  await name.fill("Chat.Tea.example");
  await save.click();
  await expect(page.getByText("Not verified yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The TXT record was not found" })).toBeVisible();
  const record = page.getByText("_grata.chat.tea.example");
  await expect(record).toBeVisible();
  const value = await page.locator("ol code").nth(1).textContent();
  names.records.set("_grata.chat.tea.example", [[value ?? ""]]);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText("Verified. Your team signs in at:")).toBeVisible();
  await expectAccessible(page);

  const { member, their } = await join(page, server, browser);
  await their.context().close();
  const resolving = await chromium.launch({
    executablePath: findChromium(),
    args: ["--disable-gpu", "--host-resolver-rules=MAP chat.tea.example 127.0.0.1"],
  });
  const own = `http://chat.tea.example:${new URL(server.url).port}`;
  const context = await resolving.newContext({ locale: "en" });
  const door = await context.newPage();
  await door.goto(own);
  await expect(door).toHaveURL(`${own}/sign-in`);
  await expect(door.getByText(admin.organisation)).toBeVisible();
  await expectAccessible(door);
  await fillIn(door, member);
  await expect(door.getByText("Connected")).toBeVisible();
  await door.reload();
  await expect(door.getByText("Connected")).toBeVisible();
  await door.getByRole("button", { name: `Menu of ${member.name}` }).click();
  await door.getByRole("menuitem", { name: "Log out" }).click();
  await expect(door).toHaveURL(/\/sign-in/);
  await expect(door.getByText(admin.organisation)).toBeVisible();
  await resolving.close();
});
