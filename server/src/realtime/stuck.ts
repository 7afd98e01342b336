import type { Socket } from "socket.io";

/** A client that reads slower than it is told would fill our memory; it is cut, reconnects, and asks for the rest. */
const bufferLimit = 1024 * 1024;

/** Whether more waits to be sent on a connection than anybody should be behind. */
export function isStuck(connection: Socket["conn"]): boolean {
  if ((webSocketOf(connection)?.bufferedAmount ?? 0) > bufferLimit) return true;
  // Long polling, and a transport that is not writable, queue packets in the connection instead.
  const queued: unknown = Reflect.get(connection, "writeBuffer");
  if (!Array.isArray(queued)) return false;
  const size = queued.reduce<number>((sum, packet: { data?: unknown }) => sum + lengthOf(packet.data), 0);
  return size > bufferLimit;
}

/** Ends a connection at once: a polite end would stand behind what is not being read, and keep all of it in memory. */
export function cut(connection: Socket["conn"]): void {
  const webSocket = webSocketOf(connection);
  connection.close(true);
  webSocket?.terminate?.();
}

/** The socket below the transport; long polling has none. */
function webSocketOf(connection: Socket["conn"]) {
  const transport: { name: string; socket?: { bufferedAmount?: number; terminate?(): void } } =
    connection.transport;
  return transport.socket;
}

function lengthOf(data: unknown): number {
  return typeof data === "string" ? data.length : 0;
}
