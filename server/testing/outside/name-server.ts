import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decode, encode } from "dns-packet";

export type NameServer = {
  /** As DNS_SERVERS takes it. */
  address: string;
  /** The TXT records by name; a record may come in parts. */
  records: Map<string, string[][]>;
  /** The names that were asked for. */
  asked: string[];
  close(): void;
};

/** A real name server, for TXT records: what it does not know does not exist. */
export async function startNameServer(): Promise<NameServer> {
  const records: NameServer["records"] = new Map();
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (message, peer) => {
    const { id, questions = [] } = decode(message);
    const name = questions[0]?.name ?? "";
    asked.push(name);
    const found = records.get(name) ?? [];
    const answer = encode({
      type: "response",
      id: id ?? 0,
      // 3: there is no such name.
      flags: found.length > 0 ? 0 : 3,
      questions,
      answers: found.map((data) => ({ type: "TXT", name, ttl: 1, data })),
    });
    socket.send(answer, peer.port, peer.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    records,
    asked,
    close: () => socket.close(),
  };
}
