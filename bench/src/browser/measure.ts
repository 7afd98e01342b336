import type { Page } from "@playwright/test";
import { type Latencies, summarise } from "../driver/percentiles.ts";
import { openCustomer } from "./people.ts";
import { type BrowserStage, openingText } from "./stage.ts";
import { lookOutFor, now, paintedAt } from "./stopwatch.ts";

/** From the opening of the address, with an empty cache, to the first of the chats on screen. */
export async function measureColdStart(
  { server, agentBrowser }: BrowserStage,
  times: number,
): Promise<Latencies> {
  const all: number[] = [];
  for (let time = 0; time < times; time++) {
    const context = await agentBrowser();
    const page = await context.newPage();
    await page.goto(`${server.url}/console`, { waitUntil: "commit" });
    await lookOutFor(page, openingText);
    const painted = await paintedAt(page, openingText);
    all.push(painted - (await page.evaluate(() => performance.timeOrigin)));
    await context.close();
  }
  return summarise(all);
}

/** From a customer's first message, over the wire, to the agent's open wait list. */
export async function measureNewChats(stage: BrowserStage, desk: Page, times: number): Promise<Latencies> {
  const { server, channelId } = stage;
  const all: number[] = [];
  for (let time = 0; time < times; time++) {
    const text = `New chat ${time}.`;
    const customer = await openCustomer({ url: server.url, channelId });
    await lookOutFor(desk, text);
    const begin = now();
    await customer.write(text);
    all.push((await paintedAt(desk, text)) - begin);
    customer.close();
  }
  return summarise(all);
}

/** From the customer's Enter in the chat window to the text on the agent's screen. */
export async function measureMessages(customer: Page, desk: Page, times: number): Promise<Latencies> {
  const [window] = customer.frames().filter((frame) => frame.url().includes("/webchat/"));
  if (!window) throw new Error("The chat window is not open.");
  const all: number[] = [];
  for (let time = 0; time < times; time++) {
    const text = `Message number ${time}.`;
    await lookOutFor(desk, text);
    const composer = window.getByRole("textbox").last();
    await composer.fill(text);
    await composer.press("Enter");
    const painted = await paintedAt(desk, text);
    all.push(painted - (await window.evaluate(() => globalThis.grataEnteredAt ?? Number.NaN)));
  }
  return summarise(all);
}
