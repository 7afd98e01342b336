import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A network between a client and a server that a test can spoil. */
export type TcpProxy = {
  port: number;
  url: string;
  /** Carries nothing more, in either direction, and ends nothing: what a dead network looks like at first. */
  freeze(): void;
  /** Reads nothing more from the server: what a client that does not read looks like. */
  stopReading(): void;
  /** Carries everything again, what has waited first. */
  thaw(): void;
  /** Forgets the connections that there are: they stay open, and nothing ever comes through them again. */
  strand(): void;
  /** Ends every connection, without a word. */
  cut(): void;
  /** Where new connections go; null for a server that is gone. */
  to(target: Target | null): void;
  close(): Promise<void>;
};

/** A port of this machine, or the path of a socket. */
type Target = number | string;
type Pair = { client: Socket; server: Socket };

/** Starts a proxy, on a port of its own. It ends a connection whose client says something that matches `forbidden`. */
export async function startTcpProxy(first: Target, forbidden?: RegExp): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  const stranded = new Set<Pair>();
  let target: Target | null = first;
  let flowing: "all" | "to server" | "none" = "all";

  function apply({ client, server }: Pair): void {
    for (const [socket, flows] of [
      [client, flowing !== "none"],
      [server, flowing === "all"],
    ] as const) {
      if (flows) socket.resume();
      else socket.pause();
    }
  }

  const listener = createServer((client) => {
    if (target === null) {
      client.resetAndDestroy();
      return;
    }
    const server = typeof target === "string" ? connect(target) : connect(target, "127.0.0.1");
    const pair = { client, server };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on("data", (data) => {
      if (forbidden?.test(data.toString("latin1"))) end();
      else server.write(data);
    });
    server.on("data", (data) => client.write(data));
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
    apply(pair);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port: ownPort } = listener.address() as AddressInfo;

  function flow(next: typeof flowing): void {
    flowing = next;
    for (const pair of pairs) apply(pair);
  }
  function cut(): void {
    for (const { client, server } of [...pairs, ...stranded]) {
      client.destroy();
      server.destroy();
    }
  }

  return {
    port: ownPort,
    url: `http://localhost:${ownPort}`,
    freeze: () => flow("none"),
    stopReading: () => flow("to server"),
    thaw: () => flow("all"),
    strand() {
      for (const pair of pairs) {
        pair.client.pause();
        pair.server.pause();
        stranded.add(pair);
      }
      pairs.clear();
    },
    cut,
    to(next) {
      target = next;
    },
    async close() {
      cut();
      listener.close();
      await once(listener, "close");
    },
  };
}
