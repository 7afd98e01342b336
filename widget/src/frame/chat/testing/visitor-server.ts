/** The part of the server that a visitor meets, in memory: enough to test the chat window's side against. */
import { type RealtimeServer, startRealtimeServer } from "@grata/client/testing/realtime-server";
import type { CustomerEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import { newsEvent } from "@grata/contract/realtime";

type Stored = { id: string; token: string; closed: boolean; read: number; entries: CustomerEntry[] };

type Tell = (news: unknown) => void;

type Asked = {
  type: string;
  conversationId: string;
  clientId: string;
  text: string;
  after: number;
  before: number;
  seq: number;
};

export type VisitorServer = RealtimeServer & {
  conversations: Stored[];
  /** The tokens that were given out and are still known. */
  tokens: Set<string>;
  registered: number;
  /** The answer to the next attempt to become a visitor. */
  refuseRegistration: { status: number; failure: Failure } | { status: number; page: string } | undefined;
  /** The connection is cut after the next message is stored, before it is acknowledged. */
  loseAcknowledgement: boolean;
  /** Answers to what is sent do not bring the entry, as those of older servers. */
  leavesOutEntries: boolean;
  /** Whether somebody of the team is there. */
  staffed: boolean;
  /** What was told when a conversation was opened. */
  opened: object[];
  /** The team does something in the newest conversation. */
  append(occurrence: CustomerEntry["occurrence"]): void;
};

export async function startVisitorServer(): Promise<VisitorServer> {
  const conversations: Stored[] = [];
  const tokens = new Set<string>();
  const unknown: Failure = { code: "sign_in_required", message: "Who are you?" };
  const closed: Failure = { code: "conversation_closed", message: "This chat was closed." };

  const realtime = await startRealtimeServer({
    refuse: (_, { token }) => (tokens.has(String(token)) ? undefined : unknown),
    answer(request, socket) {
      const { token } = socket.handshake.auth;
      const tellOthers: Tell = (news) => socket.broadcast.emit(newsEvent, news);
      const value = answer(request as Asked, String(token), tellOthers);
      if (server.loseAcknowledgement && isMessage(request.type)) {
        server.loseAcknowledgement = false;
        socket.disconnect(true);
        return undefined;
      }
      return value;
    },
    http(_, response) {
      const refused = server.refuseRegistration;
      server.refuseRegistration = undefined;
      const type = refused && "page" in refused ? "text/html" : "application/json";
      response.writeHead(refused?.status ?? 201, { "content-type": type });
      if (refused) {
        response.end("page" in refused ? refused.page : JSON.stringify({ error: refused.failure }));
        return;
      }
      server.registered += 1;
      const token = `token ${server.registered}`;
      tokens.add(token);
      response.end(JSON.stringify({ token, customerId: crypto.randomUUID() }));
    },
  });

  function isMessage(type: string): boolean {
    return type === "message.send" || type === "conversation.open";
  }

  function write(
    stored: Stored,
    occurrence: CustomerEntry["occurrence"],
    author: CustomerEntry["author"],
    clientId: string | null,
    tell: Tell,
  ): CustomerEntry {
    const entry = { seq: stored.entries.length + 1, occurrence, author, clientId, at: Date.now() };
    stored.entries.push(entry);
    tell({ type: "entries", conversationId: stored.id, entries: [entry] });
    return entry;
  }

  function present({ id, closed, read, entries }: Stored) {
    return { id, status: closed ? "closed" : "claimed", head: entries.length, read };
  }

  function answer(asked: Asked, token: string, tellOthers: Tell): unknown {
    const stored = conversations.find(({ id }) => id === asked.conversationId);
    const mine = conversations.findLast((conversation) => conversation.token === token);
    const message = { kind: "message", text: asked.text } as const;
    const customer = { kind: "customer", name: null } as const;
    const repeat = conversations
      .flatMap(({ entries }) => entries)
      .find((entry) => entry.clientId === asked.clientId && isMessage(asked.type));
    switch (asked.type) {
      case "conversation.mine":
        return {
          ok: true,
          value: {
            conversation: mine ? present(mine) : null,
            earlier: conversations.filter((one) => one.token === token && one !== mine).map(present),
            staffed: server.staffed,
            reachable: false,
          },
        };
      case "conversation.typing":
        return { ok: true, value: {} };
      case "conversation.open": {
        server.opened.push(asked);
        const opened = { id: crypto.randomUUID(), token, closed: false, read: 0, entries: [] };
        conversations.push(opened);
        const entry = write(opened, message, customer, asked.clientId, tellOthers);
        return { ok: true, value: { conversation: present(opened), entry } };
      }
      case "message.send": {
        if (!stored || (stored.closed && !repeat)) {
          return { ok: false, error: closed };
        }
        const entry = repeat ?? write(stored, message, customer, asked.clientId, tellOthers);
        const { seq, at } = entry;
        return { ok: true, value: { seq, at, ...(!server.leavesOutEntries && { entry }) } };
      }
      case "conversation.read":
        if (stored) {
          stored.read = asked.seq;
        }
        return { ok: true, value: {} };
      default: {
        const entries = stored?.entries.filter(({ seq }) => seq > (asked.after ?? 0)) ?? [];
        return { ok: true, value: { head: stored?.entries.length ?? 0, entries } };
      }
    }
  }

  const server: VisitorServer = Object.assign(realtime, {
    conversations,
    tokens,
    registered: 0,
    refuseRegistration: undefined,
    loseAcknowledgement: false,
    leavesOutEntries: false,
    staffed: true,
    opened: [] as object[],
    append(occurrence: CustomerEntry["occurrence"]) {
      const newest = conversations.at(-1);
      if (newest) {
        newest.closed = occurrence.kind === "closed";
        write(newest, occurrence, { kind: "user", name: "Lin Mei" }, null, realtime.news);
      }
    },
  });
  return server;
}
