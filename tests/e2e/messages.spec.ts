import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, test, write } from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";

/** The messages of a chat and where the agent answers. */

async function serve(page: Page, server: Server, text: string): Promise<Customer> {
  const customer = await Customer.write(server, text);
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: new RegExp(text) }).click();
  await expect(page.getByRole("log").getByText(text)).toBeVisible();
  return customer;
}

test("C4: a chat of thousands shows only what is in sight, and earlier messages come without moving the reader", async ({
  page,
  server,
}) => {
  test.setTimeout(180_000);
  await enterConsole(page, server);
  const customer = await serve(page, server, "the beginning of a long talk");
  await customer.sayMany(3_000, (number) => `long talk, line ${number}.`);
  const log = page.getByRole("log");
  await expect(log.getByText("line 3000.")).toBeVisible();
  await page.reload();
  await expect(log.getByText("line 3000.")).toBeInViewport();

  await log.hover();
  const topLine = () =>
    log.evaluate((box) => {
      const { top } = box.getBoundingClientRect();
      const lines = [...box.querySelectorAll("div[dir=auto]")];
      const first = lines.find((line) => line.getBoundingClientRect().top >= top);
      return { text: first?.textContent ?? "", offset: (first?.getBoundingClientRect().top ?? 0) - top };
    });
  // Upwards until the page that was there at first is passed: what is loaded must not move what is read.
  for (const target of [2_960, 2_920, 2_880]) {
    await expect(async () => {
      await page.mouse.wheel(0, -500);
      expect(Number((await topLine()).text.match(/line (\d+)/)?.[1])).toBeLessThan(target);
    }).toPass();
  }
  await expect(log).toHaveAttribute("aria-busy", "false");
  const before = await topLine();
  await customer.say("news from below");
  await expect(page.getByRole("button", { name: "1 new message" })).toBeVisible();
  expect(await topLine()).toEqual(before);
  expect(await log.locator("div[dir=auto]").count()).toBeLessThan(120);
  await page.getByRole("button", { name: "1 new message" }).click();
  await expect(log.getByText("news from below")).toBeInViewport();
  await expect(page.getByRole("button", { name: /new message|newest/ })).toHaveCount(0);
});

test("C4: a burst of messages on a slow machine does not carry the reader away from the end", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await serve(page, server, "a hasty person");
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: 20 });
  const log = page.getByRole("log");
  // Of different heights, so that what is estimated is measured anew while more comes.
  const long = " and much more that takes several lines of the list of messages".repeat(3);
  for (const round of ["one", "two", "three"]) {
    await customer.sayMany(400, (number) => `round ${round}, line ${number}.${number % 7 === 0 ? long : ""}`);
    await expect(log.getByText(`round ${round}, line 400.`)).toBeInViewport();
  }
});

test("C4: whoever is at the end stays there, and a line shows what is new since they left", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await serve(page, server, "shall we talk?");
  await write(page, "We shall.");
  await page.goto(`${server.url}/console`);
  await customer.say("so we talk");
  await customer.say("and talk");
  await page.getByRole("link", { name: /and talk/ }).click();
  const log = page.getByRole("log");
  await expect(log.getByText("New", { exact: true })).toBeVisible();
  const order = (await log.innerText()).split("\n").map((line) => line.trim());
  expect(order.indexOf("New")).toBeGreaterThan(order.indexOf("We shall."));
  expect(order.indexOf("New")).toBeLessThan(order.indexOf("so we talk"));
  await customer.sayMany(30, (number) => `more ${number}.`);
  await expect(log.getByText("more 30.")).toBeInViewport();
  await expect(page.getByRole("status").filter({ hasText: "more 30." })).toBeAttached();
  await expectAccessible(page);
});

test("C4: emoji are found by a word, and put where one writes", async ({ page, server }) => {
  await enterConsole(page, server);
  await serve(page, server, "do you like tea?");
  const composer = page.getByRole("textbox", { name: /Message to/ });
  await composer.fill("yes!");
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("button", { name: "Insert an emoji" }).click();
  const search = page.getByRole("textbox", { name: "Search emoji" });
  await expect(search).toBeFocused();
  await expectAccessible(page);
  await search.fill("teacup");
  await expect(page.getByRole("toolbar").getByRole("button")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(composer).toHaveValue("yes🍵!");
  await expect(composer).toBeFocused();

  await page.getByRole("button", { name: "Insert an emoji" }).click();
  await search.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(composer).toHaveValue(/^yes🍵.+!$/u);
  await page.getByRole("button", { name: "Insert an emoji" }).click();
  await page.keyboard.press("Escape");
  await expect(search).toHaveCount(0);
  await composer.press("Enter");
  await expect(page.getByRole("log").getByText(/^yes🍵/u)).toBeVisible();
});

test("C4: Shift+Enter breaks the line, Enter sends, and near the limit one is told how much is left", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await serve(page, server, "tell me everything");
  const composer = page.getByRole("textbox", { name: /Message to/ });
  await composer.fill("one");
  await composer.press("Shift+Enter");
  await composer.pressSequentially("two");
  await expect(composer).toHaveValue("one\ntwo");
  await composer.press("Enter");
  await expect(page.getByRole("log").getByText("one two")).toBeVisible();
  await expect(composer).toHaveValue("");
  await composer.fill("x".repeat(9_990));
  await expect(page.getByText("10 characters left")).toBeVisible();
  await composer.fill("x".repeat(10_001));
  await expect(page.getByText("10,001 of 10,000 characters").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();
});

test("C4: a draft survives a crash of the browser's tab", async ({ page, server }) => {
  await enterConsole(page, server);
  await serve(page, server, "before the crash");
  await page.getByRole("textbox", { name: /Message to/ }).pressSequentially("half a thought");
  const address = page.url();
  const crashed = page.waitForEvent("crash");
  page.goto("chrome://crash").catch(() => undefined);
  await crashed;
  const again = await page.context().newPage();
  await again.goto(address);
  await expect(again.getByRole("textbox", { name: /Message to/ })).toHaveValue("half a thought");
});
