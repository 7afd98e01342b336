import { randomUUID } from "node:crypto";
import type { Connection } from "@grata/client/connection";
import { type News, type RequestInput, realtimeVersion } from "@grata/contract/realtime";
import { connectOpen } from "./connect-open.ts";
import type { Server } from "./server.ts";

/** A customer without a browser, for tests that are about the agent's side. */
export class Customer {
  readonly #connection: Connection;
  /** Everything that the server told this customer, in order. */
  readonly news: News[];
  conversationId = "";

  private constructor(connection: Connection, news: News[]) {
    this.#connection = connection;
    this.news = news;
  }

  /** A new customer of the web chat who has said this. */
  static async write(
    server: Server,
    text: string,
    origin: Pick<RequestInput<"conversation.open">, "page" | "referrer" | "contact"> = {},
  ): Promise<Customer> {
    const channel = await channelOf(server);
    const answer = await fetch(`${server.url}/api/webchat/${channel}/visitors`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    const { token } = (await answer.json()) as { token: string };
    const news: News[] = [];
    const handshake = { as: "visitor", version: realtimeVersion, channel, token } as const;
    const connection = await connectOpen(server, handshake, { onNews: (item) => news.push(item) });
    const customer = new Customer(connection, news);
    const opening = { clientId: randomUUID(), text, ...origin };
    const opened = await customer.#connection.request("conversation.open", opening);
    customer.conversationId = opened.conversation.id;
    return customer;
  }

  /** Says this, and resolves when it is stored. */
  async say(text: string): Promise<void> {
    const { conversationId } = this;
    await this.#connection.request("message.send", { conversationId, clientId: randomUUID(), text });
  }

  /** Says this after the chat was closed: a new one. */
  async openAgain(text: string): Promise<void> {
    const opened = await this.#connection.request("conversation.open", { clientId: randomUUID(), text });
    this.conversationId = opened.conversation.id;
  }

  /** Says so many things, in order: the text is made from the number. */
  async sayMany(count: number, text: (number: number) => string): Promise<void> {
    // The server takes no more of one conversation at once.
    const atOnce = 50;
    for (let number = 1; number <= count; number += atOnce) {
      const batch = Math.min(atOnce, count - number + 1);
      await Promise.all(Array.from({ length: batch }, (_, index) => this.say(text(number + index))));
    }
  }

  /** Begins to write, or stops. */
  async type(typing: boolean): Promise<void> {
    await this.#connection.request("conversation.typing", { conversationId: this.conversationId, typing });
  }

  leave(): void {
    this.#connection.close();
  }
}

const channels = new WeakMap<Server, Promise<string>>();

function channelOf(server: Server): Promise<string> {
  const known = channels.get(server) ?? readChannel(server);
  channels.set(server, known);
  return known;
}

/** The first web chat of the installation, as its test page names it. */
async function readChannel(server: Server): Promise<string> {
  const page = await (await fetch(`${server.url}/try`)).text();
  const [id] = page.match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/) ?? [];
  if (id === undefined) throw new Error("The test page names no channel.");
  return id;
}
