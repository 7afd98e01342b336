import { type Connection, connect } from "@grata/client/connection";
import { realtimeVersion } from "@grata/contract/realtime";
import { describe, expect, onTestFinished, test } from "vitest";
import { contentsOf } from "../../../testing/checks/contents.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { failureOf } from "../../../testing/checks/refusals.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { setUpWith, signInWith } from "../../../testing/scenes/set-up.ts";
import { startRedis } from "../../../testing/servers/redis.ts";
import { makeOrganisation, password, startTestNode } from "../../../testing/servers/test-node.ts";
import { createLimits } from "../../foundation/http/limits.ts";

const trusting = { TRUSTED_PROXIES: "127.0.0.1,::1" };
const forwardedFor = (number: number) => ({ "x-forwarded-for": `198.51.100.${number}` });
type Headers = Record<string, string>;

async function start(environment: Headers, databaseUrl?: string) {
  const node = await startTestNode({ environment, ...(databaseUrl !== undefined && { databaseUrl }) });
  onTestFinished(() => node.stop());
  return node;
}

const makeVisitor = (node: { url: string }, channelId: string, headers: Headers = {}) =>
  call(node, "POST", `/api/webchat/${channelId}/visitors`, { body: {}, headers });

/** Opens a socket for a new visitor, and a chat by it: the failure, or null. */
async function openChat(node: { url: string }, channelId: string, headers: Headers = {}) {
  const { token } = JSON.parse((await makeVisitor(node, channelId, headers)).text);
  const connection = await new Promise<Connection>((resolve) => {
    const opening = connect({
      url: node.url,
      headers,
      handshake: () => ({ as: "visitor", version: realtimeVersion, channel: channelId, token }),
      onNews: () => undefined,
      onState: (state) => state === "open" && resolve(opening),
    });
  });
  onTestFinished(() => connection.close());
  const opening = connection.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  const failure = await opening.then(
    () => null,
    () => failureOf(opening),
  );
  return { connection, failure };
}

/** Does something so many times at once. */
const times = <T>(count: number, work: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe("new chats", () => {
  test("D1: a thousand from one address are not taken, but those who have one go on", async () => {
    const node = await start({ CHATS_PER_ADDRESS: "20" });
    const { channelId } = await makeOrganisation(node);
    const chats = await times(60, () => openChat(node, channelId));
    const refused = chats.flatMap(({ failure }) => (failure ? [failure] : []));
    expect(refused).toHaveLength(40);
    for (const { code, message, retryAfter } of refused) {
      expect([code, message]).toEqual([
        "too_many_chats",
        "Too many new chats from your network. Wait a little and try again.",
      ]);
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(600);
    }
    expect((await contentsOf(node.databaseUrl)).conversations).toHaveLength(20);

    const taken = chats.find(({ failure }) => failure === null)?.connection;
    const again = await taken?.request("conversation.open", { clientId: newClientId(), text: "And more" });
    expect(again?.entry.seq).toBe(2);
  });

  test("D1: a forged X-Forwarded-For makes nobody somebody else", async () => {
    const node = await start({ CHATS_PER_ADDRESS: "3", TRUSTED_PROXIES: "10.0.0.0/8" });
    const { channelId } = await makeOrganisation(node);
    const chats = await times(6, (number) => openChat(node, channelId, forwardedFor(number)));
    expect(chats.filter(({ failure }) => failure === null)).toHaveLength(3);
    expect(new Set(chats.map(({ failure }) => failure?.code))).toEqual(
      new Set([undefined, "too_many_chats"]),
    );
  });

  test("D1: behind a trusted proxy each client is counted for itself", async () => {
    const node = await start({ CHATS_PER_ADDRESS: "2", ...trusting });
    const { channelId } = await makeOrganisation(node);
    const first = await times(3, () => openChat(node, channelId, forwardedFor(1)));
    const second = await times(2, () => openChat(node, channelId, forwardedFor(2)));
    expect(first.filter(({ failure }) => failure === null)).toHaveLength(2);
    expect(second.filter(({ failure }) => failure === null)).toHaveLength(2);
  });
});

describe("new visitors", () => {
  test("D1: four for each chat that an address may open, and no more", async () => {
    const node = await start({ CHATS_PER_ADDRESS: "2" });
    const { channelId } = await makeOrganisation(node);
    const answers = await times(12, (number) => makeVisitor(node, channelId, forwardedFor(number)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(4);
    for (const answer of refused) {
      expect([answer.status, failureIn(answer).code]).toEqual([429, "too_many_requests"]);
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBe(failureIn(answer).retryAfter);
      expect(seconds).toBeGreaterThan(0);
    }
    expect((await contentsOf(node.databaseUrl)).customers).toHaveLength(8);
  });
});

describe("signing in", () => {
  test("A3: a hundred a minute from one address, right or wrong, by the form or the set-up", async () => {
    const node = await start(trusting);
    const { email } = await makeOrganisation(node);
    const guess = (number: number) =>
      signInWith(node, "nobody@example.test", `guess number ${number}`, forwardedFor(1));
    const guesses = await times(99, guess);
    // Those that come after thirty others have failed wait for that reason, and are counted all the same.
    const paused = guesses.filter((answer) => failureIn(answer).code === "too_many_attempts");
    const wrong = guesses.filter((answer) => failureIn(answer).code === "credentials_wrong");
    expect(wrong.length + paused.length).toBe(99);
    expect(wrong.length).toBeGreaterThanOrEqual(30);
    expect(failureIn(await setUpWith(node, {}, forwardedFor(1))).code).toBe("set_up_done");

    const late = await signInWith(node, email, password, forwardedFor(1));
    expect([late.status, failureIn(late).code]).toEqual([429, "too_many_attempts"]);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(late.headers.get("retry-after"))).toBeLessThanOrEqual(600);
    expect(failureIn(await setUpWith(node, {}, forwardedFor(1))).code).toBe("too_many_attempts");
    expect((await signInWith(node, email, password, forwardedFor(2))).status).toBe(200);
  });
});

describe("signing in again and again", () => {
  test("A5: beyond thirty failures from one address each makes the next wait, and longer than the one before", async () => {
    const { signInFailed, signInPause } = createLimits(null, 1);
    const pause = (network: string) =>
      signInPause(network).then(
        () => 0,
        (error: { retryAfter: number }) => error.retryAfter,
      );
    for (let failures = 1; failures <= 30; failures++) await signInFailed("one");
    expect(await pause("one")).toBe(0);
    const waits: number[] = [];
    for (let failures = 31; failures <= 45; failures++) {
      await signInFailed("one");
      waits.push(await pause("one"));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600, 600, 600]);
    expect(await pause("another")).toBe(0);
  });
});

test("A5: whoever failed so often from one address waits, also with the right password; others do not", async () => {
  const node = await start(trusting);
  const { email } = await makeOrganisation(node);
  await times(40, (number) =>
    signInWith(node, `nobody${number}@example.test`, "a wrong guess", forwardedFor(1)),
  );
  const late = await signInWith(node, email, password, forwardedFor(1));
  expect([late.status, failureIn(late).code]).toEqual([429, "too_many_attempts"]);
  expect((await signInWith(node, email, password, forwardedFor(2))).status).toBe(200);
});

describe("several nodes", () => {
  test("D1, H1: count together by Redis, and each for itself while Redis is away", async () => {
    const redis = await startRedis();
    let stopped = false;
    const stop = async () => {
      if (!stopped) await redis.stop();
      stopped = true;
    };
    onTestFinished(stop);
    const environment = { CHATS_PER_ADDRESS: "1", REDIS_URL: redis.url };
    const one = await start(environment);
    const other = await start(environment, one.databaseUrl);
    const { channelId } = await makeOrganisation(one);
    const made = async (node: { url: string }) =>
      (await times(6, () => makeVisitor(node, channelId))).filter(({ status }) => status === 200).length;
    expect((await made(one)) + (await made(other))).toBe(4);
    await stop();
    expect([await made(one), await made(other)]).toEqual([4, 4]);
  });
});
