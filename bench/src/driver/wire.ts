import {
  type Answer,
  type ClientRequest,
  type Handshake,
  type News,
  newsEvent,
  type RequestInput,
  type RequestOutput,
  type RequestType,
  realtimePath,
} from "@grata/contract/realtime";
import { WebSocket } from "ws";
import { BenchFailure } from "../failure.ts";
import { connectFrame, type Packet, pongFrame, readPacket, requestFrame } from "./socket-io.ts";

type From = { cookie?: string | undefined; localAddress?: string };
type Answered = (answer: Answer<RequestType>) => void;

/** A signed-in connection that speaks the realtime contract, as cheaply as JavaScript can. */
export class Wire {
  /** Gets everything that the server tells. */
  onNews: (news: News) => void = () => undefined;
  /** Called when the connection is gone and `close()` was not asked for. */
  onLost: (reason: string) => void = () => undefined;
  #socket: WebSocket;
  #answers = new Map<number, Answered>();
  #nextId = 0;
  #closed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("close", (code) => {
      if (!this.#closed) this.onLost(`The server closed a connection (${code}).`);
    });
  }

  /** Connects and signs in: a user by a cookie, a visitor by the handshake. `localAddress`: who one is to the server. */
  static open(url: string, handshake: Handshake, { cookie, localAddress }: From = {}): Promise<Wire> {
    const address = `${url.replace("http", "ws")}${realtimePath}/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      ...(cookie !== undefined && { headers: { cookie } }),
      ...(localAddress !== undefined && { localAddress }),
    });
    const wire = new Wire(socket);
    return new Promise((resolve, reject) => {
      wire.onLost = (reason) => reject(new BenchFailure(reason));
      socket.on("error", reject);
      socket.on("message", (data) => {
        const packet = readPacket(String(data));
        switch (packet.kind) {
          case "open":
            return socket.send(connectFrame(handshake));
          case "connected":
            return resolve(wire);
          case "refused":
            wire.close();
            return reject(new BenchFailure(`The server refused a connection: ${packet.reason}`));
          default:
            return wire.#receive(packet);
        }
      });
    });
  }

  /** Sends a request; `answered` gets what the server says to it. */
  request(request: ClientRequest, answered: Answered): void {
    const id = this.#nextId++;
    this.#answers.set(id, answered);
    this.#socket.send(requestFrame(id, request));
  }

  /** The same for whoever has time. Rejects with BenchFailure when the server refuses. */
  ask<Type extends RequestType>(type: Type, input: RequestInput<Type>): Promise<RequestOutput<Type>> {
    return new Promise((resolve, reject) => {
      // The compiler loses the tie between a type and its input and output when the type is a parameter.
      this.request({ type, ...input } as unknown as ClientRequest, (answer) => {
        if (answer.ok) resolve(answer.value as RequestOutput<Type>);
        else reject(new BenchFailure(`The server refused ${type}: ${answer.error.code}`));
      });
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket.close();
  }

  #receive(packet: Packet): void {
    switch (packet.kind) {
      case "ping":
        this.#socket.send(pongFrame);
        break;
      case "event":
        // The server is ours: its news are taken on trust here; the tests of the client check their shape.
        if (packet.name === newsEvent) this.onNews(packet.payload as News);
        break;
      case "acknowledgement": {
        const answered = this.#answers.get(packet.id);
        this.#answers.delete(packet.id);
        answered?.(packet.payload as Answer<RequestType>);
      }
    }
  }
}
