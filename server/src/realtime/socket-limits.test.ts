import { realtimeVersion } from "@grata/contract/realtime";
import { createClient, type RedisClientType } from "redis";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { openRaw, type RawSocket } from "../../testing/checks/raw.ts";
import {
  connectAgent,
  connectVisitor,
  makeUser,
  makeVisitor,
  newClientId,
} from "../../testing/scenes/people.ts";
import { startRedis } from "../../testing/servers/redis.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";
import { socketsPerVisitor } from "./rates.ts";

/** As an operator's node is, who has set nothing; behind a proxy, so that there are several networks. */
const defaults = { MESSAGES_PER_VISITOR: "", TRUSTED_PROXIES: "127.0.0.1,::1" };
const from = (network: number) => ({ "x-forwarded-for": `198.51.100.${network}` });

type Answer = { ok: boolean; error?: { code: string; retryAfter?: number } };
type Place = Awaited<ReturnType<typeof makeOrganisation>>;

async function start(environment: Record<string, string> = {}, databaseUrl?: string): Promise<TestNode> {
  const node = await startTestNode({
    environment: { ...defaults, ...environment },
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
  onTestFinished(() => node.stop());
  return node;
}

async function openVisitor(node: TestNode, { channelId }: Place, token: string, network = 1) {
  const handshake = { as: "visitor", version: realtimeVersion, channel: channelId, token } as const;
  const raw = await openRaw(node.url, handshake, from(network));
  onTestFinished(() => raw.close());
  return raw;
}

/** A visitor with an open chat and so many sockets. */
async function makeWriter(node: TestNode, place: Place, sockets = 1) {
  const { token } = await makeVisitor(node, place.channelId);
  const raws: RawSocket[] = [];
  for (let count = 0; count < sockets; count++) raws.push(await openVisitor(node, place, token));
  const [first] = raws;
  if (!first) throw new Error("A writer needs a socket.");
  const opened = (await first.ask("request", {
    type: "conversation.open",
    clientId: newClientId(),
    text: "Hello",
  })) as { value: { conversation: { id: string } } };
  return { token, raws, first, conversationId: opened.value.conversation.id };
}

function say(raw: RawSocket, conversationId: string, text = "And another thing"): Promise<Answer> {
  const clientId = newClientId();
  return raw.ask("request", { type: "message.send", conversationId, clientId, text }) as Promise<Answer>;
}

const codes = (answers: Answer[]) => answers.map(({ error }) => error?.code ?? "ok");
const count = (answers: Answer[], code: string) => codes(answers).filter((one) => one === code).length;

/** The answer to a handshake: "connected" or the failure; "shut" where there is not even a connection. */
async function knock(node: TestNode, auth: object, network: number) {
  const raw = await openRaw(node.url, undefined, from(network)).catch(() => null);
  if (!raw) return { code: "shut" };
  raw.send(`40${JSON.stringify(auth)}`);
  const answer = await raw.next("4");
  raw.close();
  if (answer.startsWith("40")) return { code: "connected" };
  return JSON.parse(answer.slice("44".length)).data as { code: string; retryAfter?: number };
}

describe("one visitor who writes as fast as they can", () => {
  test("D1: is told when to come back after some forty messages, and is heard again then", async () => {
    const node = await start();
    const { first, conversationId } = await makeWriter(node, await makeOrganisation(node));
    const answers = await Promise.all(Array.from({ length: 80 }, () => say(first, conversationId)));
    // One was said to open the chat; a few come back while they are counted.
    expect(count(answers, "ok")).toBeGreaterThanOrEqual(39);
    expect(count(answers, "too_many_requests")).toBeGreaterThan(0);
    expect(count(answers, "ok") + count(answers, "too_many_requests")).toBe(80);
    for (const { error } of answers) if (error) expect(error.retryAfter).toBe(1);
    await eventually(async () => expect((await say(first, conversationId)).ok).toBe(true));
  });

  test("D1: gains nothing by more sockets", async () => {
    const node = await start();
    const { raws, conversationId } = await makeWriter(node, await makeOrganisation(node), 8);
    const answers = await Promise.all(
      raws.flatMap((raw) => Array.from({ length: 10 }, () => say(raw, conversationId))),
    );
    expect(count(answers, "too_many_requests")).toBeGreaterThan(0);
  });

  test("D1: is cut and kept out for a while when they do not stop", async () => {
    const node = await start();
    const place = await makeOrganisation(node);
    const { first, token, conversationId } = await makeWriter(node, place);
    for (let sent = 0; first.isOpen(); sent++) {
      void say(first, conversationId).catch(() => undefined);
      if (sent % 50 === 0) await new Promise(setImmediate);
    }
    const auth = { as: "visitor", version: realtimeVersion, channel: place.channelId, token };
    const failure = await knock(node, auth, 1);
    expect(failure.code).toBe("too_many_requests");
    expect(failure.retryAfter).toBeGreaterThan(0);
  });

  test("D1: has so many sockets and no more, until one of them is closed", async () => {
    const node = await start();
    const place = await makeOrganisation(node);
    const { raws, token } = await makeWriter(node, place, socketsPerVisitor);
    const auth = { as: "visitor", version: realtimeVersion, channel: place.channelId, token };
    expect(await knock(node, auth, 1)).toMatchObject({ code: "too_many_requests", retryAfter: 10 });
    raws[0]?.close();
    await eventually(async () => expect((await knock(node, auth, 1)).code).toBe("connected"));
  });
});

describe("while somebody floods", () => {
  /** A message of somebody of another organisation, who is in another network. */
  async function makeOthers(node: TestNode) {
    const place = await makeOrganisation(node, "Other");
    const { token } = await makeVisitor(node, place.channelId);
    const raw = await openVisitor(node, place, token, 200);
    const opening = { type: "conversation.open", clientId: newClientId(), text: "Good day" };
    const opened = (await raw.ask("request", opening)) as { value: { conversation: { id: string } } };
    return () => say(raw, opened.value.conversation.id);
  }

  /** Keeps so many requests under way on each socket, for as long as it is open, until it is stopped. */
  function flood(raws: RawSocket[], each: number, ask: (raw: RawSocket) => Promise<unknown>) {
    let stopped = false;
    const one = async (raw: RawSocket) => {
      while (!stopped && raw.isOpen()) await ask(raw).catch(() => undefined);
    };
    const all = raws.flatMap((raw) => Array.from({ length: each }, () => one(raw)));
    return async () => {
      stopped = true;
      for (const raw of raws) raw.close();
      await Promise.all(all);
    };
  }

  test("D1: as a visitor, with 80 sockets and 256 messages under way on each, another organisation is heard", async () => {
    const node = await start();
    const place = await makeOrganisation(node);
    const others = await makeOthers(node);
    const { token, raws, conversationId } = await makeWriter(node, place, socketsPerVisitor);
    const auth = { as: "visitor", version: realtimeVersion, channel: place.channelId, token };
    const more = await Promise.all(Array.from({ length: 80 - raws.length }, () => knock(node, auth, 1)));
    expect(new Set(more.map(({ code }) => code))).toEqual(new Set(["too_many_requests"]));
    const stop = flood(raws, 256, (raw) => say(raw, conversationId));
    expect(codes([await others(), await others(), await others()])).toEqual(["ok", "ok", "ok"]);
    await stop();
  });

  test("D1: as an agent of one organisation, another organisation is heard", async () => {
    const node = await start();
    const place = await makeOrganisation(node);
    const others = await makeOthers(node);
    const { conversationId } = await makeWriter(node, place);
    const { cookie } = await makeUser(node, place.organisationId, { role: "admin" });
    const raws = await Promise.all(
      Array.from({ length: 20 }, () =>
        openRaw(node.url, { as: "user", version: realtimeVersion }, { cookie, ...from(2) }),
      ),
    );
    await raws[0]?.ask("request", { type: "conversation.claim", conversationId });
    const stop = flood(raws, 100, (raw) => say(raw, conversationId));
    expect(codes([await others(), await others(), await others()])).toEqual(["ok", "ok", "ok"]);
    await stop();
  });

  test("D1: as a network with invented tokens, it is told to wait, and another network gets in", async () => {
    const node = await start();
    const place = await makeOrganisation(node);
    const others = await makeOthers(node);
    const { token } = await makeVisitor(node, place.channelId);
    const auth = (offered: string) => ({
      as: "visitor",
      version: realtimeVersion,
      channel: place.channelId,
      token: offered,
    });
    const refused: Awaited<ReturnType<typeof knock>>[] = [];
    while (!refused.some(({ code }) => code === "too_many_requests")) {
      const knocks = Array.from({ length: 100 }, () => knock(node, auth(newClientId()), 3));
      refused.push(...(await Promise.all(knocks)));
    }
    expect(codes([await others()])).toEqual(["ok"]);
    expect((await knock(node, auth(token), 4)).code).toBe("connected");
    for (const { code, retryAfter } of refused)
      if (code === "too_many_requests") expect(retryAfter).toBeGreaterThan(0);
    // The network itself is let in again as soon as it has waited.
    await eventually(async () => expect((await knock(node, auth(token), 3)).code).toBe("connected"));
  });
});

describe("an honest person never meets a limit", () => {
  test("D1: a customer who pastes ten lines at once, in a shop that is open in ten tabs", async () => {
    const node = await start();
    const { raws, first, conversationId } = await makeWriter(node, await makeOrganisation(node), 10);
    const look = [
      { type: "conversation.mine" },
      { type: "entries.before", conversationId, before: 1_000, limit: 50 },
      { type: "conversation.read", conversationId, seq: 1 },
    ];
    const looks = await Promise.all(
      raws.flatMap((raw) => look.map((request) => raw.ask("request", request) as Promise<Answer>)),
    );
    expect(codes(looks)).toEqual(looks.map(() => "ok"));
    const pasted = await Promise.all(
      Array.from({ length: 10 }, (_, line) => say(first, conversationId, `${line}`)),
    );
    expect(codes(pasted)).toEqual(pasted.map(() => "ok"));
  });

  test("D1: an agent with fifty open chats whose console comes back, who writes and reads in all of them", async () => {
    const node = await start();
    const place = await makeOrganisation(node);
    const agent = await connectAgent(node, place.organisationId);
    const chats: string[] = [];
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const visitor = await connectVisitor(node, place.channelId);
        const opening = { clientId: newClientId(), text: "Hello" };
        const { id } = (await visitor.request("conversation.open", opening)).conversation;
        visitor.close();
        await agent.request("conversation.claim", { conversationId: id });
        chats.push(id);
      }),
    );
    agent.close();
    for (let time = 0; time < 2; time++) {
      const raw = await openRaw(
        node.url,
        { as: "user", version: realtimeVersion },
        { cookie: agent.cookie, ...from(1) },
      );
      const lists = ["waiting.list", "current.list", "presence.list"].map((type) => ({ type }));
      const each = chats.flatMap((conversationId) => [
        { type: "entries.after", conversationId, after: 0, limit: 200 },
        { type: "conversation.typing", conversationId, typing: true },
        { type: "conversation.read", conversationId, seq: 1 },
        { type: "message.send", conversationId, clientId: newClientId(), text: "One moment" },
      ]);
      const answers = await Promise.all(
        [...lists, ...each].map((request) => raw.ask("request", request) as Promise<Answer>),
      );
      expect(codes(answers)).toEqual(answers.map(() => "ok"));
      raw.close();
    }
  });
});

describe("several nodes", () => {
  test("D1: tell each other what a visitor has spent, and go on when Redis is away", async () => {
    const redis = await startRedis();
    let isStopped = false;
    const stop = async () => {
      if (!isStopped) await redis.stop();
      isStopped = true;
    };
    onTestFinished(stop);
    const node = await start({ REDIS_URL: redis.url });
    const { first, conversationId } = await makeWriter(node, await makeOrganisation(node));
    const reader: RedisClientType = createClient({ url: redis.url });
    reader.on("error", () => undefined);
    await reader.connect();
    await Promise.all(Array.from({ length: 60 }, () => say(first, conversationId)));
    await eventually(async () => {
      const [name = ""] = await reader.keys("grata:spent:says:visitor:*");
      expect(Number(await reader.get(name))).toBeGreaterThanOrEqual(40);
    });
    reader.destroy();
    await stop();
    await eventually(async () => expect((await say(first, conversationId)).ok).toBe(true));
  });
});
