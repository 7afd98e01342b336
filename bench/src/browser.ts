import type { Page } from "@playwright/test";
import { measureColdStart, measureMessages, measureNewChats } from "./browser/measure.ts";
import { type BrowserStage, prepareBrowserStage } from "./browser/stage.ts";
import { measureUsers } from "./browser/users.ts";
import type { Cleanup } from "./cleanup.ts";
import type { Latencies } from "./driver/percentiles.ts";
import type { Options } from "./options.ts";

const openChats = 200;
const users = 2_000;

/** What people see, in a real browser: an agent with 200 open chats, and a customer. Returns a table. */
export async function runBrowser(options: Options, cleanup: Cleanup): Promise<string> {
  const stage = await prepareBrowserStage(options.server, openChats, cleanup);
  const coldStart = await measureColdStart(stage, options.quick ? 3 : 10);
  const page = await openConsole(stage);
  const newChats = await measureNewChats(stage, page, options.quick ? 20 : 200);
  const customer = await beginChat(stage, page);
  const messages = await measureMessages(customer, page, options.quick ? 50 : 500);
  const { answers, tasks } = await measureUsers(await openUsers(stage), options.quick ? 5 : 20);
  return [
    row("cold console to the first chat on screen", coldStart, 1500),
    row("new chat to the wait list on screen", newChats, 50),
    row("customer's Enter to the agent's screen", messages, 50),
    row(`searching and sorting ${users} users`, answers, 500),
    row("what blocks the page meanwhile", tasks, 100),
  ].join("\n");
}

/** The console with its wait list open. */
async function openConsole({ server, agentBrowser }: BrowserStage): Promise<Page> {
  const page = await (await agentBrowser()).newPage();
  await page.goto(`${server.url}/console`);
  await page.getByRole("button", { name: /wait list/ }).click();
  return page;
}

/** The list of users, of very many. */
async function openUsers({ server, adminBrowser }: BrowserStage): Promise<Page> {
  const page = await (await adminBrowser(users)).newPage();
  await page.goto(`${server.url}/console/admin/users`);
  return page;
}

/** A customer writes, and the agent takes the chat. */
async function beginChat({ server, customerBrowser }: BrowserStage, desk: Page): Promise<Page> {
  const customer = await (await customerBrowser()).newPage();
  await customer.goto(`${server.url}/try`);
  await customer.getByRole("button", { name: "Open chat" }).click();
  const composer = customer.frameLocator("iframe").getByRole("textbox").last();
  await composer.fill("I am the one to be measured.");
  await composer.press("Enter");
  await desk.getByText("I am the one to be measured.").first().click();
  await desk.getByRole("log").getByText("I am the one to be measured.").waitFor();
  return customer;
}

function row(name: string, { p50, p99, longest, count }: Latencies, aim: number): string {
  const figures = [p50, p99, longest].map((value) => value.toFixed(1).padStart(8)).join("");
  return `${name.padEnd(44)}${figures}  of ${count}, aim ${aim}`;
}
