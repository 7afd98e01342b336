/**
 * The part of the Socket.IO 5 protocol that a chat window speaks: one namespace, text, acknowledgements. The whole
 * client is three times as large as everything else in the window; the tests of both transports are the same.
 */
import { newsEvent, realtimePath, requestEvent } from "@grata/contract/protocol";
import type { Transport, TransportOptions } from "../dial.ts";
import { after } from "../timers.ts";
import { type Engine, openPolling, openWebSocket } from "./engine.ts";

/** Beginnings of packets: the Engine.IO type, then for messages the Socket.IO type. */
const OPEN = "0";
const CLOSE = "1";
const PING = "2";
const PONG = "3";
const CONNECT = "40";
const DISCONNECT = "41";
const EVENT = "42";
const ACKNOWLEDGEMENT = "43";
const REFUSED = "44";

/** More than the server's pause between two pings and its patience: who has heard nothing for so long is alone. */
const SILENCE = 40_000;

type Waiting = { done: (answer: { value: unknown } | undefined) => void; cancel: () => void };

export function openLightTransport(options: TransportOptions): Transport {
  const address = new URL(`${realtimePath}/?EIO=4`, options.url);
  const waiting = new Map<number, Waiting>();
  let engine: Engine | undefined;
  let connected = false;
  let stopped = false;
  let heardAt = 0;
  let lastId = 0;
  let cancelAttempt = () => {};
  let cancelSilence = () => {};

  /** Ends what there is and tells it once, as what it is: a failed attempt or a lost line. */
  function end(reason?: unknown): void {
    const was = connected;
    connected = false;
    cancelAttempt();
    cancelSilence();
    engine?.close();
    engine = undefined;
    for (const [id, { done, cancel }] of [...waiting]) {
      waiting.delete(id);
      cancel();
      done(undefined);
    }
    if (stopped) {
      return;
    }
    if (was) {
      options.lost();
    } else {
      options.failed(reason);
    }
  }

  function begin(open: typeof openWebSocket, onFailure: () => void): void {
    let greeted = false;
    engine = open(address, {
      packet(packet) {
        greeted ||= packet.startsWith(OPEN);
        take(packet);
      },
      closed: () => (greeted ? end() : onFailure()),
    });
  }

  function take(packet: string): void {
    heardAt = Date.now();
    cancelSilence();
    cancelSilence = after(SILENCE, end);
    const type = packet[0] === "4" ? packet.slice(0, 2) : packet[0];
    switch (type) {
      case OPEN:
        engine?.send(CONNECT + JSON.stringify(options.handshake()));
        break;
      case PING:
        engine?.send(PONG);
        break;
      case CONNECT:
        connected = true;
        cancelAttempt();
        options.connected();
        break;
      case REFUSED:
        end((read(packet.slice(2)) as { data?: unknown } | undefined)?.data);
        break;
      case CLOSE:
      case DISCONNECT:
        end();
        break;
      case EVENT: {
        const [event, value] = asList(read(packet.slice(2)));
        if (event === newsEvent) {
          options.news(value);
        }
        break;
      }
      case ACKNOWLEDGEMENT: {
        const [, id = "", answer = ""] = /^43(\d+)(.*)$/s.exec(packet) ?? [];
        const asked = waiting.get(Number(id));
        waiting.delete(Number(id));
        asked?.cancel();
        asked?.done({ value: asList(read(answer))[0] });
        break;
      }
    }
  }

  return {
    get connected() {
      return connected;
    },
    connect() {
      if (engine || stopped) {
        return;
      }
      cancelAttempt = after(options.patience, end);
      begin(openWebSocket, () => begin(openPolling, end));
    },
    request(payload, patience, done) {
      lastId += 1;
      const id = lastId;
      const cancel = after(patience, () => {
        waiting.delete(id);
        done(undefined);
      });
      waiting.set(id, { done, cancel });
      if (Date.now() - heardAt > SILENCE) {
        // It slept, and the line died in the meantime: timers sleep too.
        end();
        return;
      }
      engine?.send(`${EVENT}${id}${JSON.stringify([requestEvent, payload])}`);
    },
    heardAt: () => heardAt,
    drop: () => end(),
    stop() {
      stopped = true;
      if (connected) {
        engine?.send(DISCONNECT);
      }
      end();
    },
  };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
