import type { Server as HttpServer, IncomingMessage } from "node:http";
import { type EndReason, type News, newsEvent, realtimePath, requestEvent } from "@grata/contract/realtime";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import type { RedisClientType } from "redis";
import { Server } from "socket.io";
import type { ChannelRegistry } from "../channels/port.ts";
import type { Change } from "../domains/conversations/changes.ts";
import { type AddressOf, networkOf } from "../foundation/http/address.ts";
import type { Entrances } from "../foundation/http/entrances.ts";
import { isForeign } from "../foundation/http/origin.ts";
import type { OwnHosts } from "../foundation/http/own-hosts.ts";
import { presentFailure } from "../foundation/refusal/failure.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import { preferredLanguage, sentenceOf } from "../foundation/refusal/sentences.ts";
import type { Allowance } from "./allowances.ts";
import { answer } from "./answer.ts";
import { authenticate, languageOf } from "./authenticate.ts";
import type { Connected } from "./context.ts";
import { startHeads } from "./heads.ts";
import { createPresence } from "./presence.ts";
import { createPresenceBoard } from "./presence-board.ts";
import { publishChanges } from "./publish.ts";
import type { SocketLimits } from "./rates.ts";
import { createHandlers } from "./requests.ts";
import { rooms, roomsOf } from "./rooms.ts";
import type { RealtimeServices } from "./services.ts";
import { createSocketLimits } from "./socket-limits.ts";
import { createStandings } from "./standings.ts";
import { streamClient } from "./stream-client.ts";
import { cut, isStuck } from "./stuck.ts";

/** A message of 10,000 characters, escaped as badly as JSON can, and its envelope. */
const frameLimit = 128 * 1024;
/** Requests of one socket that may be under way at once. */
const requestsAtOnce = 256;
/** An HTTP request that is under way when the node stops may take so long; then its connection is cut. */
const graceMilliseconds = 1_000;

type Data = { connected: Connected; allowance: Allowance; underWay: number };
type Io = Server<Record<string, never>, Record<string, (news: News) => void>, Record<string, never>, Data>;
type GrataSocket = Parameters<Parameters<Io["use"]>[0]>[0];

export type Hub = {
  publish(changes: Change[]): void;
  endSession(sessionId: string, reason: EndReason): void;
  /** Ends every socket of a customer: they come again by what they have, if they may. */
  cutCustomer(customerId: string): void;
  /** Opens the doors: before, nobody can connect. */
  attach(server: HttpServer, services: RealtimeServices): void;
  close(): Promise<void>;
};

type Dependencies = {
  /** Null: this node is alone. */
  redis: RedisClientType | null;
  entrances: Entrances;
  ownHosts: OwnHosts;
  addressOf: AddressOf;
  capabilitiesOf: ChannelRegistry["capabilitiesOf"];
  limits: SocketLimits;
  logFault(error: unknown): void;
};

/** The realtime side. Only this file and the client's connection module know socket.io. */
export function createHub(dependencies: Dependencies): Hub {
  const { redis, entrances, ownHosts, addressOf, capabilitiesOf, limits, logFault } = dependencies;
  const socketLimits = createSocketLimits(limits, redis);
  const network = (request: IncomingMessage) => networkOf(addressOf(request));
  const io: Io = new Server({
    allowRequest: (request, decide) => {
      if (socketLimits.isShut(network(request))) return decide("too_many_requests", false);
      isForeign(request.headers, { entrances, ownHosts }).then(
        (foreign) => decide(foreignOrigin(request), !foreign),
        (error: unknown) => {
          if (!(error instanceof Refusal)) logFault(error);
          decide("unavailable", false);
        },
      );
    },
    path: realtimePath,
    serveClient: false,
    maxHttpBufferSize: frameLimit,
    perMessageDeflate: false,
    httpCompression: false,
    transports: ["websocket", "polling"],
    pingInterval: 20_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
    ...(redis && {
      adapter: createAdapter(streamClient(redis), {
        streamName: "grata:realtime",
        onlyPlaintext: true,
      }),
    }),
  });
  const closers: (() => unknown)[] = [socketLimits.close];
  let httpServer: HttpServer | undefined;

  function tell(room: string, news: News, except: string | null): void {
    // Nobody here and no other node: the most frequent case, and encoding is most of the cost.
    const here = io.of("/").adapter.rooms.get(room);
    if (!redis && (!here || (here.size === 1 && except !== null && here.has(except)))) return;
    const target = except === null ? io.to(room) : io.to(room).except(except);
    target.emit(newsEvent, news);
  }

  function endSession(sessionId: string, reason: EndReason): void {
    const room = rooms.session(sessionId);
    io.to(room).emit(newsEvent, { type: "session.ended", reason });
    io.in(room).disconnectSockets(true);
  }

  function* connectedHere(): Iterable<Connected> {
    for (const socket of io.of("/").sockets.values()) yield socket.data.connected;
  }

  function cutStuck(): void {
    for (const socket of io.of("/").sockets.values()) if (isStuck(socket.conn)) cut(socket.conn);
  }

  function attach(server: HttpServer, services: RealtimeServices): void {
    const tellHere = (room: string, news: News) => io.local.to(room).emit(newsEvent, news);
    const board = createPresenceBoard(services.storage, tellHere);
    const handlers = createHandlers(services, board);
    const presence = createPresence(services.storage);
    const admit = async (socket: GrataSocket): Promise<Data> => {
      const { conn, request, handshake } = socket;
      const { connected, allowance } = await socketLimits.lookUp(network(request), async () => {
        const found = await authenticate(services, request, handshake.auth, socket.id);
        return { connected: found, allowance: socketLimits.admit(found, () => cut(conn)) };
      });
      if (conn.readyState !== "open") allowance.release();
      conn.once("close", allowance.release);
      if (connected.principal.kind === "user") await presence.arrive(connected.principal);
      return { connected, allowance, underWay: 0 };
    };
    io.use((socket, next) => {
      admit(socket).then(
        (data) => {
          socket.data = data;
          next();
        },
        (error: unknown) => {
          if (!(error instanceof Refusal)) logFault(error);
          const language = languageOf(socket.request, socket.handshake.auth);
          next(Object.assign(new Error("refused"), { data: presentFailure(error, language) }));
        },
      );
    });
    io.on("connection", (socket) => welcome(socket, handlers));
    io.attach(server);
    io.engine.on("connection", (connection: GrataSocket["conn"]) => {
      connection.once("close", socketLimits.connect(network(connection.request)).release);
    });
    httpServer = server;
    const heads = startHeads({
      storage: services.storage,
      presence,
      board,
      standings: createStandings(services.storage, tellHere),
      connected: connectedHere,
      tellHere,
      endSession,
      reconnect: (sessionId) => io.local.in(rooms.session(sessionId)).disconnectSockets(true),
      logFault,
    });
    const cutting = setInterval(cutStuck, 1_000);
    closers.push(heads.close, () => clearInterval(cutting));
  }

  function welcome(socket: GrataSocket, handlers: ReturnType<typeof createHandlers>): void {
    const { connected, allowance } = socket.data;
    void socket.join(roomsOf(connected.principal));
    socket.emit(newsEvent, { type: "welcome", now: Date.now() });
    socket.onAny((event: unknown, ...rest: unknown[]) => {
      const reply = rest.pop();
      const [payload] = rest;
      const tooMany = allowance.take(payload);
      if (typeof reply !== "function") return;
      if (tooMany) return reply(refuse(connected, tooMany));
      if (event !== requestEvent) return reply(refuse(connected, new Refusal("event_unknown")));
      if (socket.data.underWay >= requestsAtOnce)
        return reply(refuse(connected, new Refusal("too_many_requests")));
      socket.data.underWay++;
      void answer(handlers, connected, payload, logFault).then((result) => {
        socket.data.underWay--;
        reply(result);
      });
    });
  }

  return {
    publish: (changes) => publishChanges(tell, capabilitiesOf, changes),
    endSession,
    cutCustomer: (customerId) => io.in(rooms.customer(customerId)).disconnectSockets(true),
    attach,
    async close() {
      const closed = closers.map((closeOne) => closeOne());
      // It also closes the HTTP server, which waits for every connection; some never send a request, or half of one.
      const cutting = setTimeout(() => httpServer?.closeAllConnections(), graceMilliseconds);
      await io.close();
      clearTimeout(cutting);
      await Promise.all(closed);
    },
  };
}

/** What stands in the answer to a page that is not one of ours: no client of ours reads it, its author may. */
function foreignOrigin({ headers }: IncomingMessage): string {
  return `origin_forbidden: ${sentenceOf("origin_forbidden", preferredLanguage(headers["accept-language"]))}`;
}

function refuse({ language }: Connected, refusal: Refusal) {
  return { ok: false, error: presentFailure(refusal, language) };
}
