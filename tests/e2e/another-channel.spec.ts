import { openPlatform, pigeonProgram } from "@grata/server/testing";
import type { Page } from "@playwright/test";
import { enterConsole, expect, expectAccessible, test, write } from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

/** A channel of which the console knows no name and no sign: it is shown by what it can do. */
let server: Server;
let platform: Awaited<ReturnType<typeof openPlatform>>;

test.beforeAll(async () => {
  platform = await openPlatform(({ text }, before) => {
    if (text.startsWith("Refused")) return "refused";
    if (text.startsWith("Lost")) return before === 0 ? "silence" : "taken";
    return text.startsWith("Later") && before === 0 ? "later" : "taken";
  });
  server = await Server.start({ PIGEON_PLATFORM: platform.url }, pigeonProgram);
});
test.afterAll(async () => {
  await server.stop();
  await platform.close();
});

/** The admin connects a channel; resolves to the address that customers' letters come to. */
async function connectChannel(page: Page): Promise<string> {
  const made = await page.request.post(`${server.url}/api/channels/pigeons`, {
    headers: { origin: server.url },
    data: { name: "Loft of Tea & Co" },
  });
  const { id } = await made.json();
  const { channels } = await (await page.request.get(`${server.url}/api/channels`)).json();
  return channels.find((channel: { id: string }) => channel.id === id).connect;
}

const message = (page: Page, text: string) =>
  page.getByRole("log").locator("[data-side=ours]", { hasText: text });

test("C3, C4: an agent serves a customer of a channel that the console has never heard of", async ({
  page,
}) => {
  await enterConsole(page, server);
  const address = await connectChannel(page);
  const letter = { id: "1", from: { loft: "north", name: "Mei" }, text: "Is there oolong?" };
  expect((await page.request.post(address, { data: letter })).ok()).toBe(true);

  await page.getByRole("button", { name: "Show the wait list" }).click();
  await expect(page.getByText("Loft of Tea & Co").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("Is there oolong?")).toBeVisible();
  const chat = page.getByRole("region", { name: "Mei" });
  await expect(chat.getByText(/Loft of Tea & Co/)).toBeVisible();
  // The sign of any channel, and not that of a web chat.
  await expect(chat.locator("header svg[class*=message-2]")).toBeVisible();
  await expect(chat.locator("header svg[class*=world]")).toHaveCount(0);
  await expect(page.getByText("Another channel")).toBeVisible();
  await expectAccessible(page);

  await write(page, "Three kinds.");
  await expect(message(page, "Three kinds.").getByText("Delivered", { exact: true })).toBeAttached();
  await write(page, "Refused by the loft");
  await expect(message(page, "Refused by the loft").getByText("Not delivered")).toBeVisible();
  await write(page, "Lost on the way");
  await expect(message(page, "Lost on the way").getByText("Delivery not confirmed")).toBeVisible();
  await write(page, "Later, when a pigeon is free");
  await expect(
    message(page, "Later, when a pigeon is free").getByText("Delivered", { exact: true }),
  ).toBeAttached();
  await message(page, "Lost on the way").getByRole("button", { name: "Resend" }).click();
  await expect(message(page, "Lost on the way").getByText("Delivered", { exact: true })).toBeAttached();
  await expectAccessible(page);

  await page.reload();
  await expect(message(page, "Refused by the loft").getByText("Not delivered")).toBeVisible();
  const came = platform.came.map(({ text }) => text);
  expect(came.filter((text) => text === "Lost on the way")).toHaveLength(2);
  expect(came.filter((text) => text === "Three kinds.")).toHaveLength(1);
});

test("C4, C5: the composer offers what the channel carries, and no more", async ({ page }) => {
  await enterConsole(page, server);
  const address = await connectChannel(page);
  const letter = { id: "2", from: { loft: "south", name: "Kim" }, text: "Hello" };
  await page.request.post(address, { data: letter });
  await page.getByRole("button", { name: "Next Chat" }).click();
  await expect(page.getByRole("log").getByText("Hello")).toBeVisible();
  const composer = page.getByRole("textbox", { name: /^Message to/ });
  await composer.fill("x".repeat(301));
  await expect(page.getByText("301 of 300 characters").first()).toBeVisible();
  await composer.fill("");
  await expect(page.getByRole("button", { name: "Attach files" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /talk/i })).toHaveCount(0);
  await composer.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["tea"], "tea.png", { type: "image/png" }));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole("alert").getByText("takes no such files")).toBeVisible();
});
