/** The two ways on which packets of Engine.IO 4 travel, without what a chat window does not need. */

export type Engine = { send(packet: string): void; close(): void };
export type EngineEvents = { packet(packet: string): void; closed(): void };

/** Separates the packets of one long-polling answer or question. */
const separator = "\x1e";

export function openWebSocket(address: URL, { packet, closed }: EngineEvents): Engine {
  const url = new URL(address);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("transport", "websocket");
  const socket = new WebSocket(url);
  socket.onmessage = ({ data }: { data: unknown }) => {
    if (typeof data === "string") {
      packet(data);
    }
  };
  socket.onclose = closed;
  return {
    send: (data) => socket.send(data),
    close() {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    },
  };
}

/** For networks that let no WebSocket through: one question that waits for news, and one at a time that tells. */
export function openPolling(address: URL, { packet, closed }: EngineEvents): Engine {
  const url = new URL(address);
  url.searchParams.set("transport", "polling");
  const abort = new AbortController();
  let waiting: string[] = [];
  let posting = false;

  function fail(): void {
    if (!abort.signal.aborted) {
      abort.abort();
      closed();
    }
  }

  async function ask(body?: string): Promise<string> {
    const response = await fetch(url, {
      signal: abort.signal,
      ...(body !== undefined && { method: "POST", body, headers: { "content-type": "text/plain" } }),
    });
    const text = await response.text();
    // A page of something in between is no packet: asking on would get it again without a pause.
    if (!response.ok || !/^([0-6]|ok$)/.test(text)) {
      throw new Error("refused");
    }
    return text;
  }

  async function poll(): Promise<void> {
    try {
      while (!abort.signal.aborted) {
        for (const one of (await ask()).split(separator)) {
          // The first one names the session of all further questions.
          const session = one.startsWith("0") ? /"sid":"([^"]+)"/.exec(one)?.[1] : undefined;
          if (session !== undefined) {
            url.searchParams.set("sid", session);
          }
          if (!abort.signal.aborted) {
            packet(one);
          }
        }
      }
    } catch {
      fail();
    }
  }

  async function post(): Promise<void> {
    posting = true;
    try {
      while (waiting.length > 0) {
        const body = waiting.join(separator);
        waiting = [];
        await ask(body);
      }
    } catch {
      fail();
    }
    posting = false;
  }

  void poll();
  return {
    send(data) {
      waiting.push(data);
      if (!posting) {
        void post();
      }
    },
    close() {
      abort.abort();
    },
  };
}
