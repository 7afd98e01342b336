/** The only module outside the server that knows socket.io. */
import { newsEvent, realtimePath, requestEvent } from "@grata/contract/protocol";
import { io, type Socket } from "socket.io-client";
import {
  type Connection,
  type ConnectionOptions,
  dial,
  type Transport,
  type TransportOptions,
} from "./dial.ts";
import * as wire from "./wire.ts";

export type { Connection, ConnectionOptions, ConnectionState, Line } from "./dial.ts";

/** Connects, and stays connected through lost networks and restarted servers until it is closed, refused or ended. */
export function connect(options: ConnectionOptions): Connection {
  return dial(options, openSocket, wire);
}

function openSocket(options: TransportOptions): Transport {
  let heardAt = 0;
  const settings: Parameters<typeof io>[1] = {
    path: realtimePath,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    timeout: options.patience,
    auth: (present) => present(options.handshake()),
    forceNew: true,
    autoConnect: false,
    // Attempts are ours: socket.io gives up for good when a middleware or the server ends the connection.
    reconnection: false,
    ...(options.headers && { extraHeaders: options.headers }),
  };
  const socket: Socket = options.url === undefined ? io(settings) : io(options.url, settings);

  socket.on("connect", () => {
    heardAt = Date.now();
    socket.io.engine.on("packet", () => {
      heardAt = Date.now();
    });
    options.connected();
  });
  socket.on("connect_error", (error: Error & { data?: unknown }) => options.failed(error.data));
  socket.on("disconnect", () => {
    // socket.io buffers what is sent in the moment before it notices a dead line, and would send it after the next
    // connect; emptied here, those requests are rejected with the others.
    socket.sendBuffer.length = 0;
    options.lost();
  });
  socket.on(newsEvent, options.news);

  return {
    get connected() {
      return socket.connected;
    },
    connect: () => socket.connect(),
    request(payload, patience, done) {
      socket
        .timeout(patience)
        .emit(requestEvent, payload, (error: Error | null, value: unknown) =>
          done(error ? undefined : { value }),
        );
    },
    heardAt: () => heardAt,
    drop: () => socket.io.engine.close(),
    stop() {
      socket.off();
      socket.disconnect();
    },
  };
}
