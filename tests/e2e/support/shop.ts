import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FrameLocator, Page } from "@playwright/test";
import type { Server } from "./server.ts";

type ShopPage = { head?: string; body?: string; headers?: Record<string, string>; snippet?: string };

/** A web site of somebody else, on an origin of its own, that carries the chat window. */
export class Shop {
  readonly #http: HttpServer;
  readonly url: string;

  private constructor(http: HttpServer) {
    this.#http = http;
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  /** Every address of it answers with this page. */
  static async open(page: (snippet: string) => ShopPage, snippet: string): Promise<Shop> {
    const { head = "", body = "<h1>Tea</h1>", headers = {}, snippet: own = snippet } = page(snippet);
    const html = `<!doctype html><html lang="en"><head><title>Blue Door Teas</title>${head}</head>
      <body><main>${body}</main>${own}</body></html>`;
    const http = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(html);
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    return new Shop(http);
  }

  close(): void {
    this.#http.closeAllConnections();
    this.#http.close();
  }
}

/** The one line of the installation's first web chat. */
export async function snippetOf(server: Server): Promise<string> {
  return `<script async src="${server.url}/webchat/${await channelOf(server)}/loader.js"></script>`;
}

/** The first web chat of the installation. */
export async function channelOf(server: Server): Promise<string> {
  const page = await (await fetch(`${server.url}/try`)).text();
  return page.match(/webchat\/([\da-f-]{36})\/loader/)?.[1] ?? "";
}

/** Opens the chat by its button. */
export async function openChat(page: Page): Promise<FrameLocator> {
  await page.getByRole("button", { name: "Open chat" }).click();
  return page.frameLocator("grata-webchat iframe");
}
