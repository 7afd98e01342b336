import type { Socket } from "socket.io";

/** A client that reads slower than it is told would fill our memory; it is cut, reconnects, and asks for the rest. */
const bufferLimit = 1024 * 1024;

/** Whether more waits to be sent on a connection than anybody should be behind. */
export function isStuck(connection: Socket["conn"]): boolean {
  const transport: { name: string; socket?: { bufferedAmount?: number } } = connection.transport;
  if ((transport.socket?.bufferedAmount ?? 0) > bufferLimit) return true;
  // Long polling, and a transport that is not writable, queue packets in the connection instead.
  const queued: unknown = Reflect.get(connection, "writeBuffer");
  if (!Array.isArray(queued)) return false;
  const size = queued.reduce<number>((sum, packet: { data?: unknown }) => sum + lengthOf(packet.data), 0);
  return size > bufferLimit;
}

function lengthOf(data: unknown): number {
  return typeof data === "string" ? data.length : 0;
}
