/** A small real socket.io server that speaks the contract, for tests of the client. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { newsEvent, realtimePath, requestEvent } from "@grata/contract/realtime";
import { Server, type Socket } from "socket.io";

/** A failure with whatever code: a later release has others. */
type Refusal = { code: string; message: string; retryAfter?: number | undefined };

export type RealtimeServer = {
  url: string;
  port: number;
  /** The sockets that are connected now. */
  sockets(): Socket[];
  /** Everything that was asked, in order. */
  requests: { type: string }[];
  /** What each attempt to connect presented. */
  handshakes: Record<string, unknown>[];
  headers: { cookie?: string | undefined }[];
  news(news: unknown): void;
  close(): Promise<void>;
};

export async function startRealtimeServer(
  options: {
    port?: number;
    now?: () => number;
    refuse?: (attempt: number, handshake: Record<string, unknown>) => Refusal | undefined;
    /** Undefined: never answered. */
    answer?: (request: { type: string }, socket: Socket) => unknown;
    http?: RequestListener;
    transports?: ("polling" | "websocket")[];
  } = {},
): Promise<RealtimeServer> {
  const http = createServer(options.http);
  const server = new Server(http, {
    path: realtimePath,
    transports: options.transports ?? ["polling", "websocket"],
  });
  const requests: { type: string }[] = [];
  const handshakes: Record<string, unknown>[] = [];
  const headers: { cookie?: string | undefined }[] = [];

  server.use((socket, next) => {
    handshakes.push(socket.handshake.auth);
    headers.push(socket.handshake.headers);
    const failure = options.refuse?.(handshakes.length, socket.handshake.auth);
    next(failure && Object.assign(new Error(failure.code), { data: failure }));
  });
  server.on("connection", (socket) => {
    socket.emit(newsEvent, { type: "welcome", now: options.now?.() ?? Date.now() });
    socket.on(requestEvent, (request: { type: string }, acknowledge: (answer: unknown) => void) => {
      requests.push(request);
      const answer = options.answer?.(request, socket);
      if (answer !== undefined) {
        acknowledge(answer);
      }
    });
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    sockets: () => [...server.sockets.sockets.values()],
    requests,
    handshakes,
    headers,
    news: (news) => server.emit(newsEvent, news),
    close: () => server.close(),
  };
}
