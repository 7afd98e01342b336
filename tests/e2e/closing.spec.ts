import type { Page } from "@playwright/test";
import { connectAgent } from "./support/agent.ts";
import { Customer } from "./support/customer.ts";
import {
  composerOf,
  enterConsole,
  enterWithKeys,
  expect,
  expectAccessible,
  openChatWindow,
  settled,
  test,
  write,
} from "./support/fixtures.ts";
import type { Server } from "./support/server.ts";

/** Closing a chat: only the one that was meant, not behind the back of somebody who waits, and not for good at once. */

const lines = (page: Page) => page.getByRole("navigation", { name: /Current chats/ }).getByRole("link");
const line = (page: Page, text: string) => lines(page).filter({ hasText: text });
const close = (page: Page) => page.getByRole("button", { name: "Close chat" });
const undo = (page: Page) => page.getByRole("status").getByRole("button", { name: "Undo" });

/** Customers whom the agent of this page serves; each has a reply, or waits for one. */
async function serve(page: Page, server: Server, texts: readonly string[], answered: boolean) {
  const agent = await connectAgent(page, server);
  const customers: Customer[] = [];
  for (const text of texts) {
    const customer = await Customer.write(server, text);
    const { conversationId } = customer;
    await agent.request("conversation.claim", { conversationId });
    const reply = { conversationId, clientId: crypto.randomUUID(), text: `Reply to ${text}` };
    if (answered) await agent.request("message.send", reply);
    customers.push(customer);
  }
  agent.close();
  await expect(lines(page)).toHaveCount(texts.length);
  return customers;
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `customer ${index + 1}.`);

/**
 * Does something, and so many milliseconds after another chat has come on screen by itself what a hand does that was
 * still on its way to the one before: clicks what is now under the mouse, and presses the same button.
 */
async function strayAfter(page: Page, milliseconds: number, key?: string): Promise<void> {
  await page.evaluate(
    ({ milliseconds, key }) => {
      const button = document.querySelector<HTMLElement>('[data-shortcut="close"]');
      const { x = 0, y = 0, width = 0, height = 0 } = button?.getBoundingClientRect() ?? {};
      const root = document.documentElement;
      const watching = new MutationObserver(() => {
        if (!("settling" in root.dataset)) return;
        watching.disconnect();
        setTimeout(() => {
          (document.elementFromPoint(x + width / 2, y + height / 2) as HTMLElement | null)?.click();
          for (const name of ["close", "release"]) {
            document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)?.click();
          }
          const field = document.querySelector<HTMLElement>('[data-shortcut="composer"]');
          if (key)
            field?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          root.dataset.strayed = "";
        }, milliseconds);
      });
      delete root.dataset.strayed;
      watching.observe(root, { attributes: true, attributeFilter: ["data-settling"] });
    },
    { milliseconds, ...(key !== undefined && { key }) },
  );
}

const strayed = async (page: Page) => {
  await expect(page.locator("html[data-strayed]")).toHaveCount(1);
  await settled(page);
};

test("C8: a double click on Close chat closes one customer of eight, at whatever pace", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await serve(page, server, numbered(8), true);
  await lines(page).first().click();
  let left = 8;
  for (const pace of [0, 100, 200, 300, 450, 900]) {
    await strayAfter(page, pace);
    await close(page).click();
    await strayed(page);
    left -= 1;
    await expect(lines(page)).toHaveCount(left);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  // The same press works again afterwards.
  await close(page).click();
  await expect(lines(page)).toHaveCount(left - 1);
});

test("C8: closing asks first while the customer waits for a reply, and a second click is no answer to it", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await serve(page, server, numbered(8), false);
  await lines(page).first().click();
  await close(page).dblclick({ delay: 30 });
  const dialog = page.getByRole("dialog", { name: "Close this chat?" });
  await expect(dialog).toContainText("is waiting for your reply");
  await expect(dialog).not.toContainText("not sent");
  await page.mouse.click(5, 5);
  await expectAccessible(page);
  await expect(lines(page)).toHaveCount(8);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await composerOf(page).fill("half an answer");
  await close(page).click();
  await expect(dialog).toContainText("is waiting for your reply");
  await expect(dialog).toContainText("You wrote something here that was not sent.");
  await dialog.getByRole("button", { name: "Close chat" }).click();
  await expect(lines(page)).toHaveCount(7);
});

test("C8: the second Enter of whoever confirms a closing does not send what was begun in the next chat", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await serve(page, server, ["the first one", "the other one"], false);
  await line(page, "the other one").click();
  await composerOf(page).fill("not finished");
  await line(page, "the first one").click();
  await close(page).click();
  await expect(page.getByRole("dialog", { name: "Close this chat?" })).toBeVisible();
  await strayAfter(page, 300, "Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await strayed(page);
  await expect(composerOf(page)).toHaveValue("not finished");
  await expect(composerOf(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("not finished")).toBeVisible();
});

test("C3, C8: a chat that Next Chat brings while another is on screen takes nothing that was meant for that one", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await serve(page, server, ["on screen"], true);
  await lines(page).first().click();
  await Customer.write(server, "comes next");
  await strayAfter(page, 200);
  await page.getByRole("button", { name: /^Next Chat/ }).click();
  await strayed(page);
  await expect(page.getByRole("log").getByText("comes next")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(lines(page)).toHaveCount(2);
});

test("C8: a closing is taken back with the mouse: the same chat goes on, with what was begun in it", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const [customer] = await serve(page, server, ["bring me back", "stays open"], true);
  await line(page, "bring me back").click();
  await composerOf(page).fill("half a thought");
  await close(page).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close chat" }).click();
  await expect(page.getByRole("status").getByText(/^The chat with .* is closed\./)).toBeVisible();
  await expect(lines(page)).toHaveCount(1);
  // The notice takes the keyboard from nobody.
  await expect(composerOf(page)).toBeFocused();
  await expect(composerOf(page)).toHaveValue("");
  await expectAccessible(page);
  await undo(page).click();
  await expect(page.getByRole("status").getByText(/is open again\.$/)).toBeVisible();
  await expect(undo(page)).toHaveCount(0);
  await expect(lines(page).first()).toContainText("bring me back");
  await expect(composerOf(page)).toHaveValue("half a thought");
  await expect(page.getByRole("log").getByText("You closed the chat")).toBeVisible();
  await customer?.say("I noticed nothing");
  await expect(page.getByRole("log").getByText("I noticed nothing")).toBeVisible();
});

test("C8, C10: closings in a row are taken back by the keyboard, the last one first", async ({
  page,
  server,
}) => {
  await enterWithKeys(page, server);
  await serve(page, server, numbered(5), true);
  await lines(page).first().click();
  for (const left of [4, 3, 2, 1]) {
    await settled(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+X");
    await expect(lines(page)).toHaveCount(left);
    // While the mouse is on the notices none of them goes.
    await undo(page).last().hover();
  }
  await expect(undo(page)).toHaveCount(4);
  // In the empty field of the chat that came next, Ctrl and Z have nothing else to do.
  await expect(composerOf(page)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(line(page, "customer 4.")).toHaveCount(1);
  await expect(page.getByRole("log").getByText("customer 4.")).toHaveCount(2);
  await expect(composerOf(page)).toBeFocused();
  // With words in it they are the field's own.
  await page.keyboard.type("a");
  await page.keyboard.press("Control+z");
  await expect(composerOf(page)).toHaveValue("");
  await expect(lines(page)).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await expect(line(page, "customer 3.")).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search for a chat/ })).toBeFocused();
  await page.keyboard.type("undo the last");
  await page.keyboard.press("Enter");
  await expect(line(page, "customer 2.")).toHaveCount(1);
  await undo(page).focus();
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveCount(5);
  await expect(undo(page)).toHaveCount(0);
  await expect(lines(page).first()).toContainText("customer 1.");
});

test("C8: on a phone the second tap on Close chat does not hit the notice that covers it", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await enterConsole(page, server);
  await serve(page, server, ["closed by a tap", "the next one"], true);
  await lines(page).first().click();
  await strayAfter(page, 50);
  await close(page).click();
  await strayed(page);
  await expect(page.getByRole("log").getByText("the next one")).toHaveCount(2);
  await undo(page).click();
  await expect(page.getByRole("log").getByText("closed by a tap")).toHaveCount(2);
});

test("C8: a customer who wrote again meanwhile keeps the new chat, and the agent is told why", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const [customer] = await serve(page, server, ["quicker than you"], true);
  await lines(page).first().click();
  await close(page).click();
  await expect(page.getByText("No open chats")).toBeVisible();
  await customer?.openAgain("here I am again");
  await undo(page).click();
  await expect(page.getByRole("status").getByText("The customer has written again")).toBeVisible();
  await expect(undo(page)).toHaveCount(0);
  await expect(lines(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Next Chat/ })).toContainText("1");
});

test("B2, C8: in the customer's window the chat ends and goes on, and what they were writing stays", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  const shop = await context.newPage();
  const window = await openChatWindow(shop, server);
  await write(window, "I have a question");
  await page.getByRole("button", { name: /^Next Chat/ }).click();
  await expect(page.getByRole("log").getByText("I have a question")).toBeVisible();
  await write(page, "Go ahead");
  await expect(window.getByText("Go ahead")).toBeVisible();
  await composerOf(window).fill("Well, it is ab");
  await close(page).click();
  await expect(window.getByText("This chat was closed")).toBeVisible();
  await undo(page).click();
  await expect(window.getByText(/joined/)).toHaveCount(2);
  await expect(composerOf(window)).toHaveValue("Well, it is ab");
  await composerOf(window).press("Enter");
  await expect(page.getByRole("log").getByText("Well, it is ab")).toBeVisible();
  await expect(page.getByRole("log").getByText("Go ahead")).toBeVisible();

  await shop.reload();
  await shop.getByRole("button", { name: "Open chat" }).click();
  await expect(window.getByText("Well, it is ab")).toBeVisible();
  await write(window, "and after a reload");
  await expect(page.getByRole("log").getByText("and after a reload")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("log").getByText("and after a reload")).toBeVisible();
  await expect(lines(page)).toHaveCount(1);
});
