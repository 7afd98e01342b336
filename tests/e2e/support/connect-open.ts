import { type Connection, type ConnectionOptions, connect } from "@grata/client/connection";
import type { Handshake } from "@grata/contract/realtime";
import type { Server } from "./server.ts";

/** A connection without a browser, once it is open. */
export function connectOpen(
  server: Server,
  handshake: Handshake,
  { headers = {}, onNews = () => undefined }: Partial<Pick<ConnectionOptions, "headers" | "onNews">> = {},
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = connect({
      url: server.url,
      handshake: () => handshake,
      headers,
      onNews,
      onState(state) {
        if (state === "open") resolve(connection);
        if (state === "refused" || state === "reload_required") reject(new Error(state));
      },
    });
  });
}
