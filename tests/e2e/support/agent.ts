import type { Connection } from "@grata/client/connection";
import { realtimeVersion } from "@grata/contract/realtime";
import type { Page } from "@playwright/test";
import { connectOpen } from "./connect-open.ts";
import type { Server } from "./server.ts";

/** One more connection of whoever is signed in on this page, for what would take a person minutes. */
export async function connectAgent(page: Page, server: Server): Promise<Connection> {
  const cookies = await page.context().cookies(server.url);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return connectOpen(server, { as: "user", version: realtimeVersion }, { headers: { cookie } });
}
