import type { Browser, Page } from "@playwright/test";
import { enterConsole, expect } from "./fixtures.ts";
import type { Server } from "./server.ts";

export interface Member {
  id: string;
  name: string;
  email: string;
  password: string;
}

let invited = 0;

/** An address that no other test has taken. */
export function newAddress(): string {
  invited += 1;
  return `member${invited}.${process.pid}@example.test`;
}

/** Sends a request as whoever is signed in on this page, and returns the answer. */
export async function send(page: Page, server: Server, method: string, path: string, data?: object) {
  const answer = await page.request.fetch(`${server.url}${path}`, {
    method,
    headers: { origin: server.url },
    ...(data && { data }),
  });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** Invites somebody as the admin who is signed in on this page; answers with their link as well. */
export async function invite(
  page: Page,
  server: Server,
  more: { name?: string; role?: "agent" | "admin"; language?: string } = {},
): Promise<{ member: Member; link: string }> {
  const body = { name: "Mei Lin", role: "agent", language: "en", email: newAddress(), ...more };
  const { user } = await send(page, server, "POST", "/api/team/invitations", body);
  const { link } = await send(page, server, "POST", `/api/team/users/${user.id}/invitation/link`);
  return { member: { ...body, id: user.id, password: "four words in a row" }, link };
}

/** Invites somebody, who sets their password in a browser of their own and is in the console then. */
export async function join(
  page: Page,
  server: Server,
  browser: Browser,
  more: Parameters<typeof invite>[2] = {},
): Promise<{ member: Member; their: Page }> {
  const { member, link } = await invite(page, server, more);
  const their = await (await browser.newContext({ locale: "en" })).newPage();
  await their.goto(link);
  await their.getByLabel("New password").fill(member.password);
  await their.getByRole("button", { name: /Set password/ }).click();
  await expect(their.getByText("Connected")).toBeVisible();
  return { member, their };
}

/** Fills in the sign-in page and sends it. */
export async function signIn(page: Page, server: Server, member: Pick<Member, "email" | "password">) {
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("E-mail address").fill(member.email);
  await page.getByRole("textbox", { name: "Password" }).fill(member.password);
  await page.keyboard.press("Enter");
}

/** The users list, as the admin sees it. */
export async function openUsers(page: Page, server: Server): Promise<void> {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/admin/users`);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
}

/** Chooses something in the wrench menu of a user, and says yes. */
export async function choose(page: Page, member: Pick<Member, "email">, action: string): Promise<void> {
  await page.getByLabel("Search by name or address").fill(member.email);
  const line = page.getByRole("row").filter({ hasText: member.email });
  await line.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** Says yes in the dialog. */
export async function confirm(page: Page, action: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
