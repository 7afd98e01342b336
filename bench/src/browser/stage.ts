import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { findChromium } from "../../../scripts/lib/tools.js";
import type { Cleanup } from "../cleanup.ts";
import { say } from "../measure/stage.ts";
import { type GrataServer, ownServerProgram, startGrata } from "../system/grata-server.ts";
import { createWorkplace } from "../system/workplace.ts";
import { openDatabase } from "../world/database.ts";
import { setUpOrganisation, signInAsAdmin } from "../world/set-up.ts";
import { openAgent, openCustomer, type Target } from "./people.ts";
import { pageStopwatch } from "./stopwatch.ts";

/** What stands in each of the chats. */
export const openingText = "Good day.";

export type BrowserStage = {
  server: GrataServer;
  channelId: string;
  /** A browser of its own, signed in as the agent who serves all the chats, with nothing in its cache. */
  agentBrowser(): Promise<BrowserContext>;
  /** The same for a customer. */
  customerBrowser(): Promise<BrowserContext>;
  /** Makes so many users more; the same for an admin. */
  adminBrowser(users: number): Promise<BrowserContext>;
};

/** An agent with so many open chats, and a real browser. */
export async function prepareBrowserStage(
  program: string | undefined,
  chats: number,
  cleanup: Cleanup,
): Promise<BrowserStage> {
  const workplace = await createWorkplace();
  cleanup.add(workplace.remove);
  const server = await startGrata({
    program: program ?? ownServerProgram(),
    dataFolder: workplace.dataFolder,
  });
  cleanup.add(server.stop);
  const organisationId = await setUpOrganisation(server);
  const database = await openDatabase(workplace.dataFolder);
  cleanup.add(database.close);
  const [cookie = ""] = await database.makeAgents(organisationId, 1);
  const channelId = await database.webchat();
  say(`Opening ${chats} chats ...`);
  await openChats({ url: server.url, channelId }, cookie, chats);
  const browser = await launch();
  cleanup.add(() => browser.close());

  async function open(): Promise<BrowserContext> {
    const context = await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
    await context.addInitScript(pageStopwatch);
    return context;
  }
  async function openAs(session: string): Promise<BrowserContext> {
    const context = await open();
    const [name = "", value = ""] = session.split("=");
    await context.addCookies([{ name, value, url: server.url }]);
    return context;
  }
  return {
    server,
    channelId,
    agentBrowser: () => openAs(cookie),
    customerBrowser: open,
    async adminBrowser(users) {
      say(`Making ${users} users ...`);
      await database.makeAgents(organisationId, users, 2);
      return openAs(await signInAsAdmin(server));
    },
  };
}

/** Each opened by a customer of its own and claimed by the agent. */
async function openChats(target: Target, cookie: string, count: number): Promise<void> {
  const agent = await openAgent(target.url, cookie);
  for (let number = 0; number < count; number++) {
    const customer = await openCustomer(target);
    const conversationId = await customer.write(openingText);
    await agent.connection.request("conversation.claim", { conversationId });
    customer.close();
  }
  agent.close();
}

function launch(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-renderer-backgrounding",
      "--disable-backgrounding-occluded-windows",
    ],
  });
}
