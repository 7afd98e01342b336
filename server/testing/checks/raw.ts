import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { type Handshake, realtimePath } from "@grata/contract/realtime";

/** A bare WebSocket, with just enough of Engine.IO (4) and Socket.IO (5) to say what our client never would. */
export type RawSocket = {
  send(frame: string | Uint8Array<ArrayBuffer>): void;
  /** Sends a request with an acknowledgement number and returns what is answered. */
  ask(event: string, ...payload: unknown[]): Promise<unknown>;
  /** The first frame that begins like this, as soon as it is there. */
  next(prefix: string): Promise<string>;
  /** Every frame that came, in order. */
  frames: string[];
  /** Resolves when the server has ended the connection. */
  closed: Promise<void>;
  isOpen(): boolean;
  close(): void;
};

const patience = 15_000;
const entrance = (url: string) => `${url}${realtimePath}/?EIO=4&transport=websocket`;

/** Opens a bare WebSocket and, with a handshake, connects it as one of our clients would be. */
export async function openRaw(
  url: string,
  auth?: Handshake,
  headers: Record<string, string> = {},
): Promise<RawSocket> {
  const socket = new WebSocket(entrance(url).replace(/^http/, "ws"), { headers });
  socket.binaryType = "arraybuffer";
  const frames: string[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener("message", ({ data }) => {
    frames.push(String(data));
    // The server asks whether we are there.
    if (data === "2") socket.send("3");
    for (const look of waiting) look();
  });
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  let asked = 0;

  function next(prefix: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const frame = frames.find((candidate) => candidate.startsWith(prefix));
        if (frame === undefined) return;
        waiting.delete(look);
        resolve(frame);
      };
      waiting.add(look);
      look();
      void closed.then(() => reject(new Error(`The connection ended before "${prefix}" came.`)));
      setTimeout(() => reject(new Error(`"${prefix}" did not come.`)), patience).unref();
    });
  }

  await next("0");
  if (auth) {
    socket.send(`40${JSON.stringify(auth)}`);
    await next("40");
  }
  return {
    send: (frame) => socket.send(frame),
    async ask(event, ...payload) {
      const number = asked++;
      socket.send(`42${number}${JSON.stringify([event, ...payload])}`);
      const answer = await next(`43${number}[`);
      const [value] = JSON.parse(answer.slice(`43${number}`.length)) as unknown[];
      return value;
    },
    next,
    frames,
    closed,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  };
}

/** A TCP connection that the server has just upgraded: whatever is written to it now should be WebSocket frames. */
export async function openUpgraded(url: string): Promise<Socket> {
  const upgrade = request(entrance(url), {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.from("sixteen bytes ok").toString("base64"),
    },
  });
  upgrade.end();
  const [, socket] = (await once(upgrade, "upgrade")) as [unknown, Socket];
  socket.on("error", () => undefined);
  return socket;
}

/** What the server says to a plain request at the realtime path: the status and the body. */
export async function askRealtime(
  url: string,
  headers: Record<string, string>,
  transport: "polling" | "websocket" = "polling",
): Promise<{ status: number; body: string }> {
  const asking = request(`${url}${realtimePath}/?EIO=4&transport=${transport}`, { headers });
  asking.end();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.once("response", resolve).once("error", reject);
    asking.once("upgrade", (upgraded, socket) => {
      socket.destroy();
      resolve(upgraded);
    });
  });
  let body = "";
  for await (const part of answer) body += String(part);
  return { status: answer.statusCode ?? 0, body };
}
