import type { Page } from "@playwright/test";
import { connectAgent } from "./support/agent.ts";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, openChatWindow, test, write } from "./support/fixtures.ts";

/** Replaces values in our server's answers by made-up ones of a later release. */
const laterWords: [now: RegExp, later: string][] = [
  [/\{"kind":"message","text":"a poll"\}/g, '{"kind":"poll","question":"Tea?","answers":["yes","no"]}'],
  [/"delivery":"none"/g, '"delivery":"by_pigeon"'],
  [/"kind":"webchat"/g, '"kind":"pigeon"'],
];

/** Lets a page believe that its server is newer than it is. To be called before it opens its connection. */
async function renewServer(page: Page): Promise<() => number> {
  let askedForEntries = 0;
  await page.routeWebSocket(/\/realtime\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (/"entries\.(after|before)"/.test(String(frame))) askedForEntries += 1;
      server.send(frame);
    });
    server.onMessage((frame) => {
      socket.send(laterWords.reduce((text, [now, later]) => text.replace(now, later), String(frame)));
    });
  });
  return () => askedForEntries;
}

test("C4, H1: a console and a chat window that are older than the server show a neutral line where they know no better, and lose nothing", async ({
  page,
  context,
  server,
}) => {
  const asked = await renewServer(page);
  await enterConsole(page, server);
  const customer = await Customer.write(server, "first of three");
  await customer.say("a poll");
  await customer.say("third of three");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /third of three/ }).click();
  const log = page.getByRole("log");
  await expect(log).toContainText(
    /first of three.*This version of the page cannot show what stands here.*third of three/s,
  );
  // More of it arrives while the chat is open, and what the agent says themselves.
  await customer.say("a poll");
  await expect(log.getByText("This version of the page cannot show")).toHaveCount(2);
  await write(page, "an answer of ours");
  await expect(log.getByText("an answer of ours")).toBeVisible();
  await customer.say("and on it goes");
  await expect(log.getByText("and on it goes")).toBeVisible();
  await page.reload();
  await expect(log.getByText("This version of the page cannot show")).toHaveCount(2);
  await expect(log.getByText("Delivery state unknown").first()).toBeVisible();
  // Once for each time that the chat was opened: nothing was found missing.
  expect(asked()).toBe(2);
  customer.leave();

  const visitor = await context.newPage();
  const askedByWindow = await renewServer(visitor);
  const chat = await openChatWindow(visitor, server);
  await write(chat, "hello there");
  await expect(chat.getByText("Sent", { exact: true })).toBeVisible();
  const agent = await connectAgent(page, server);
  const { conversation } = await agent.request("conversation.claimNext", { order: "newest" });
  for (const text of ["a poll", "what do you say?"]) {
    await agent.request("message.send", {
      conversationId: conversation.id,
      clientId: crypto.randomUUID(),
      text,
    });
  }
  agent.close();
  await expect(chat.getByRole("log")).toContainText(
    /hello there.*This cannot be shown until the page is reloaded\..*what do you say\?/s,
  );
  const before = askedByWindow();
  await write(chat, "what was that?");
  await expect(chat.getByText("Sent", { exact: true }).last()).toBeVisible();
  expect(askedByWindow()).toBe(before);
});
