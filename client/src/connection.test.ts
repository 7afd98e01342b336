import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Failure } from "@grata/contract/errors";
import { type Handshake, type News, realtimeVersion } from "@grata/contract/realtime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Connection, type ConnectionOptions, type ConnectionState, connect } from "./connection.ts";
import { ConnectionLost, RequestFailed } from "./failures.ts";
import { connectLightly } from "./light/connection.ts";
import { type RealtimeServer, startRealtimeServer } from "./testing/realtime-server.ts";

const handshake: Handshake = { as: "user", version: realtimeVersion, language: "en" };
const mine = { conversation: null, earlier: [], staffed: true, reachable: false };
const nothing = { ok: true, value: mine };
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

async function serve(options: Parameters<typeof startRealtimeServer>[0] = {}): Promise<RealtimeServer> {
  const server = await startRealtimeServer({ answer: () => nothing, ...options });
  cleanUps.push(() => server.close());
  return server;
}

/** What carries the connection; set by the describe below. */
let begin: (options: ConnectionOptions) => Connection = connect;

function dial(url: string, present: () => Handshake = () => handshake) {
  const states: ConnectionState[] = [];
  const failures: (Failure | undefined)[] = [];
  const news: News[] = [];
  const connection: Connection = begin({
    url,
    handshake: present,
    headers: { cookie: "session=abc" },
    onNews: (item) => news.push(item),
    onState: (state, failure) => {
      states.push(state);
      failures.push(failure);
    },
  });
  cleanUps.push(() => connection.close());
  const until = (state: ConnectionState) =>
    vi.waitFor(() => expect(connection.state).toBe(state), { timeout: 5_000, interval: 5 });
  return { connection, states, failures, news, until };
}

/** From now on minutes can pass at once. Real time goes on passing too: the network needs it. */
const takeOverTimers = () =>
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });

/**
 * Lets minutes pass, then another connection come all the way: had the first one begun again, the server would have
 * heard of that before.
 */
async function settleForGood(server: RealtimeServer, state: ConnectionState): Promise<void> {
  await vi.advanceTimersByTimeAsync(300_000);
  const heard = server.handshakes.length;
  await dial(server.url).until(state);
  expect(server.handshakes).toHaveLength(heard + 1);
}

const carriers = { "socket.io": connect, "the light transport": connectLightly };

describe.each(Object.keys(carriers) as (keyof typeof carriers)[])("C4, H1: over %s", (carrier) => {
  beforeEach(() => {
    begin = carriers[carrier];
  });

  describe("connecting", () => {
    test("presents the handshake and the headers, opens, and asks", async () => {
      const server = await serve();
      const { connection, states, until } = dial(server.url);
      expect(connection.state).toBe("connecting");
      await until("open");
      expect(await connection.request("conversation.mine", {})).toEqual(mine);
      expect(server.requests).toEqual([{ type: "conversation.mine" }]);
      expect(server.handshakes).toEqual([handshake]);
      // A browser lets nobody set headers of a WebSocket, and the light transport is for browsers only.
      expect(server.headers[0]?.cookie).toBe(carrier === "socket.io" ? "session=abc" : undefined);
      expect(states).toEqual(["open"]);
    });

    test("where WebSocket is blocked, by long polling", async () => {
      const server = await serve({ transports: ["polling"] });
      const { connection, until } = dial(server.url);
      await until("open");
      expect(await connection.request("conversation.mine", {})).toEqual(mine);
      expect(server.sockets()[0]?.conn.transport.name).toBe("polling");
    });

    test.each([
      ["a page", "<html>Log in first</html>"],
      ["nothing", ""],
    ])(
      "where a network answers with %s in the server's place, it pauses before it asks again",
      async (_, page) => {
        takeOverTimers();
        let asked = 0;
        const network = createServer((_request, response) => {
          asked += 1;
          response.end(page);
        });
        await once(network.listen(0, "127.0.0.1"), "listening");
        cleanUps.push(() => network.close());
        const { until } = dial(`http://127.0.0.1:${(network.address() as AddressInfo).port}`);
        await until("lost");
        // One by WebSocket, which a plain server answers as any other; one by polling.
        expect(asked).toBeLessThanOrEqual(2);
      },
    );

    test("an unknown version means reload, and is not tried again", async () => {
      const refusal: Failure = { code: "version_unknown", message: "Reload this page." };
      takeOverTimers();
      const server = await serve({ refuse: () => refusal });
      const { failures, until } = dial(server.url);
      await until("reload_required");
      await settleForGood(server, "reload_required");
      expect(server.handshakes).toHaveLength(2);
      expect(failures).toEqual([refusal]);
    });

    test("a refusal is final until retry(), which presents a new handshake", async () => {
      const refusal: Failure = { code: "sign_in_required", message: "Sign in again." };
      takeOverTimers();
      const server = await serve({ refuse: (attempt) => (attempt <= 2 ? refusal : undefined) });
      let version = 1;
      const { connection, states, until } = dial(server.url, () => ({ as: "user", version: version++ }));
      await until("refused");
      await settleForGood(server, "refused");
      connection.retry();
      await until("open");
      expect(states).toEqual(["refused", "connecting", "open"]);
      expect(server.handshakes).toEqual([{ as: "user", version: 1 }, handshake, { as: "user", version: 2 }]);
    });

    test("a refusal with a code that it does not know is tried again by itself", async () => {
      const refusal = { code: "moon_too_full", message: "Not at full moon." };
      const server = await serve({ refuse: (attempt) => (attempt === 1 ? refusal : undefined) });
      const { states, failures, until } = dial(server.url);
      await until("open");
      expect(states).toEqual(["lost", "open"]);
      expect(failures).toEqual([{ ...refusal, code: "other" }, undefined]);
    });

    test("a refusal that may pass is tried again by itself", async () => {
      const refusal: Failure = { code: "unavailable", message: "One moment.", retryAfter: 0.8 };
      const server = await serve({ refuse: (attempt) => (attempt === 1 ? refusal : undefined) });
      const { states, failures, until } = dial(server.url);
      await until("lost");
      const lostAt = Date.now();
      await until("open");
      expect(Date.now() - lostAt).toBeGreaterThan(750);
      expect(states).toEqual(["lost", "open"]);
      expect(failures).toEqual([refusal, undefined]);
    });
  });

  describe("reconnecting", () => {
    test("after the server cut the socket", async () => {
      const server = await serve();
      const { states, until } = dial(server.url);
      await until("open");
      server.sockets()[0]?.disconnect(true);
      await until("lost");
      await until("open");
      expect(states).toEqual(["open", "lost", "open"]);
    });

    test("after the server was gone and came back", async () => {
      const first = await serve();
      const { connection, until } = dial(first.url);
      await until("open");
      await first.close();
      await until("lost");
      await expect(connection.request("conversation.mine", {})).rejects.toThrow(ConnectionLost);
      const second = await serve({ port: first.port });
      await until("open");
      expect(await connection.request("conversation.mine", {})).toEqual(mine);
      expect(second.requests).toHaveLength(1);
    });

    test("not after the session ended", async () => {
      takeOverTimers();
      const server = await serve();
      const { news, until } = dial(server.url);
      await until("open");
      server.news({ type: "session.ended", reason: "signed_out" });
      await until("ended");
      await settleForGood(server, "open");
      expect(server.handshakes).toHaveLength(2);
      expect(news.at(-1)).toEqual({ type: "session.ended", reason: "signed_out" });
    });

    test("not after close(), which reports nothing", async () => {
      takeOverTimers();
      const server = await serve();
      const { connection, states, until } = dial(server.url);
      await until("open");
      connection.close();
      await vi.waitFor(() => expect(server.sockets()).toEqual([]));
      await settleForGood(server, "open");
      expect(server.handshakes).toHaveLength(2);
      expect(states).toEqual(["open"]);
      expect(connection.state).toBe("ended");
    });
  });

  describe("requests", () => {
    test("a failure of the server carries its code and its sentence", async () => {
      const error: Failure = { code: "conversation_closed", message: "This chat was closed." };
      const server = await serve({ answer: () => ({ ok: false, error }) });
      const { connection, until } = dial(server.url);
      await until("open");
      const rejected = await connection.request("conversation.mine", {}).catch((reason: unknown) => reason);
      expect(rejected).toBeInstanceOf(RequestFailed);
      expect((rejected as RequestFailed).failure).toEqual(error);
    });

    test("too many at once, they are sent again when the server said", async () => {
      const error: Failure = { code: "too_many_requests", message: "One moment.", retryAfter: 0.8 };
      const askedAt: number[] = [];
      const answer = () => (askedAt.push(Date.now()) === 1 ? { ok: false, error } : nothing);
      const { connection, until } = dial((await serve({ answer })).url);
      await until("open");
      expect(await connection.request("conversation.mine", {})).toEqual(mine);
      const [first = 0, second = 0, ...more] = askedAt;
      expect(second - first).toBeGreaterThan(750);
      expect(more).toEqual([]);
    });

    test("too many at once again and again, the server's word is handed on", async () => {
      const error: Failure = { code: "too_many_requests", message: "One moment.", retryAfter: 0 };
      const server = await serve({ answer: () => ({ ok: false, error }) });
      const { connection, until } = dial(server.url);
      await until("open");
      await expect(connection.request("conversation.mine", {})).rejects.toMatchObject({ failure: error });
      expect(server.requests).toHaveLength(4);
    });

    test("waiting for their turn when the line is lost, they are rejected and not sent again", async () => {
      const error: Failure = { code: "too_many_requests", message: "One moment.", retryAfter: 1 };
      const server = await serve({ answer: () => ({ ok: false, error }) });
      const { connection, until } = dial(server.url);
      await until("open");
      const rejected = expect(connection.request("conversation.mine", {})).rejects.toMatchObject({
        reason: "not_open",
      });
      await vi.waitFor(() => expect(server.requests).toHaveLength(1));
      connection.close();
      await rejected;
      expect(server.requests).toHaveLength(1);
    });

    test("while not open they are rejected at once, and never sent later", async () => {
      const server = await serve();
      const { connection, until } = dial(server.url);
      const early = connection.request("conversation.mine", {});
      await expect(early).rejects.toMatchObject({ name: "ConnectionLost", reason: "not_open" });
      await until("open");
      expect(server.requests).toEqual([]);
    });

    test("unanswered when the connection is lost, they are rejected and not sent again", async () => {
      const server = await serve({ answer: () => undefined });
      const { connection, until } = dial(server.url);
      await until("open");
      const pending = connection.request("conversation.mine", {});
      const rejected = expect(pending).rejects.toMatchObject({ reason: "disconnected" });
      await vi.waitFor(() => expect(server.requests).toHaveLength(1));
      server.sockets()[0]?.disconnect(true);
      await rejected;
      await until("open");
      expect(server.requests).toHaveLength(1);
    });

    test("on a line that died in its sleep, they are rejected and not sent again", async () => {
      vi.useFakeTimers({ toFake: ["Date"] });
      const server = await serve();
      const { connection, until } = dial(server.url);
      await until("open");
      // socket.io sees only when it sends that no ping came for an hour.
      vi.setSystemTime(Date.now() + 3_600_000);
      await expect(connection.request("conversation.mine", {})).rejects.toMatchObject({
        reason: "disconnected",
      });
      await until("open");
      expect(await connection.request("conversation.mine", {})).toEqual(mine);
      expect(server.requests).toHaveLength(1);
    });

    test("unanswered for 10 s, they are rejected, and a line that is silent too is replaced", async () => {
      takeOverTimers();
      const server = await serve({ answer: () => undefined });
      const { connection, states, until } = dial(server.url);
      await until("open");
      await vi.waitFor(() => expect(server.sockets()).toHaveLength(1));
      const rejected = expect(connection.request("conversation.mine", {})).rejects.toMatchObject({
        reason: "timeout",
      });
      await vi.advanceTimersByTimeAsync(10_000);
      await rejected;
      await until("open");
      expect(states).toEqual(["open", "lost", "open"]);
    });

    test("an answer that is not of the contract is no answer", async () => {
      const server = await serve({ answer: () => ({ ok: true, value: { conversation: "yes" } }) });
      const { connection, until } = dial(server.url);
      await until("open");
      await expect(connection.request("conversation.mine", {})).rejects.toMatchObject({
        reason: "answer_invalid",
      });
    });
  });

  describe("news", () => {
    test("the server's clock is used, however wrong ours is", async () => {
      const threeHours = 3 * 3_600_000;
      const server = await serve({ now: () => Date.now() + threeHours });
      const { connection, news, until } = dial(server.url);
      await until("open");
      await vi.waitFor(() => expect(news).toHaveLength(1));
      expect(Math.abs(connection.now() - Date.now() - threeHours)).toBeLessThan(1_000);
    });

    test("what this client does not know is ignored", async () => {
      const server = await serve();
      const { news, until } = dial(server.url);
      await until("open");
      server.news({ type: "weather", sunny: true });
      server.news("nonsense");
      server.news({ type: "heads", heads: [] });
      await vi.waitFor(() => expect(news.at(-1)).toEqual({ type: "heads", heads: [] }));
      expect(news.map((item) => item.type)).toEqual(["welcome", "heads"]);
    });
  });
});
