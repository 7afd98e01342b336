import { type Connection, connect } from "@grata/client/connection";
import { type ConversationLog, createConversationLog } from "@grata/client/conversation-log";
import { createOutgoing } from "@grata/client/outgoing";
import { createMemoryStorage } from "@grata/client/storage";
import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import type { Handshake } from "@grata/contract/realtime";

type WireEntry = TeamEntry | CustomerEntry;

/** One end of a chat that writes without a pause, by the same client code as the browser's. */
export type Writer = {
  name: string;
  connection: Connection;
  /** The number that the server gave to each message, by client id, in the order in which they were written. */
  acknowledged: Map<string, number>;
  /** Client ids in the order in which their texts were written. */
  written: string[];
  /** Messages that were sent more than once. */
  repeats(): number;
  /** What this end has been shown so far. */
  shown(): readonly WireEntry[];
  begin(conversationId: string): void;
  /** Writes nothing more and resolves once everything is acknowledged. */
  finish(): Promise<void>;
  close(): void;
};

/** Connects and resolves when the connection is open. */
export function openWriter(
  name: string,
  options: { url: string; handshake: Handshake; headers?: Record<string, string> },
): Promise<Writer> {
  const acknowledged = new Map<string, number>();
  const sends = new Map<string, number>();
  const written: string[] = [];
  const opened = Promise.withResolvers<Writer>();
  const finished = Promise.withResolvers<void>();
  let outgoing: ReturnType<typeof createOutgoing> | undefined;
  let log: ConversationLog<WireEntry> | undefined;
  let finishing = false;

  const connection = connect({
    url: options.url,
    handshake: () => options.handshake,
    ...(options.headers && { headers: options.headers }),
    onState(state, failure) {
      if (state === "open") {
        opened.resolve(writer);
        outgoing?.resume();
        log?.resync();
      } else if (state !== "lost") {
        opened.reject(new Error(`${name} is ${state}: ${failure?.code}`));
      }
    },
    onNews(news) {
      if (news.type === "entries") log?.apply(news.entries);
      if (news.type === "heads") for (const { head } of news.heads) log?.noteHead(head);
    },
  });

  function write(): void {
    const item = outgoing?.add("chat", `Message ${written.length} of ${name}`);
    if (item) written.push(item.clientId);
  }

  function begin(conversationId: string): void {
    log = createConversationLog<WireEntry>({
      conversationId,
      line: connection,
      accepts: (entry): entry is WireEntry => entry !== undefined,
    });
    outgoing = createOutgoing({
      line: connection,
      storage: createMemoryStorage(),
      prefix: name,
      async send({ clientId, text }) {
        sends.set(clientId, (sends.get(clientId) ?? 0) + 1);
        const { seq } = await connection.request("message.send", { conversationId, clientId, text });
        acknowledged.set(clientId, seq);
        // What was sent stays in the queue's list until the log shows it; here the acknowledgement is enough.
        outgoing?.settle([{ clientId }]);
        if (!finishing) write();
        else if (acknowledged.size === written.length) finished.resolve();
      },
    });
    write();
  }

  const writer: Writer = {
    name,
    connection,
    acknowledged,
    written,
    repeats: () => [...sends.values()].filter((times) => times > 1).length,
    shown: () => log?.snapshot().entries ?? [],
    begin,
    finish() {
      finishing = true;
      return finished.promise;
    },
    close() {
      outgoing?.dispose();
      log?.dispose();
      connection.close();
    },
  };
  return opened.promise;
}
