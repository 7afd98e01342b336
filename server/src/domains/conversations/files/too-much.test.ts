import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { asOwner } from "../../../../testing/checks/contents.ts";
import { failureIn } from "../../../../testing/checks/http.ts";
import { type Holder, putFile } from "../../../../testing/scenes/files.ts";
import { makeVisitor, newClientId } from "../../../../testing/scenes/people.ts";
import { startRedis } from "../../../../testing/servers/redis.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { Visitor } from "../../../foundation/access/principal.ts";
import { createLimits } from "../../../foundation/http/limits.ts";
import { createOwnTurns } from "../../media/own-turns.ts";
import { upload } from "../../media/upload.ts";
import { record, tone } from "../../media/voice/testing/recordings.ts";

const megabyte = 1_048_576;
let node: TestNode;
let organisationId: string;
let channelId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ organisationId, channelId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const newVisitor = async (): Promise<Holder> => ({ ...(await makeVisitor(node, channelId)), channelId });

/** A body that does not say how long it is, and how much of it was taken. */
function pour(megabytes: number) {
  const piece = new Uint8Array(megabyte).fill(97);
  const poured = { taken: 0 };
  const body = new ReadableStream({
    pull(controller) {
      if (poured.taken === megabytes * megabyte) controller.close();
      else {
        poured.taken += megabyte;
        controller.enqueue(piece);
      }
    },
  });
  return { body, poured };
}

describe("D1: files from one address", () => {
  test("of 50 MB that do not say how long they are end in 429 well before a gigabyte", async () => {
    const visitor = await newVisitor();
    const pours = Array.from({ length: 50 }, () => pour(50));
    const answers = await Promise.all(
      pours.map(({ body }) => putFile(node, visitor, { name: "a.txt", content: body }).catch(() => null)),
    );
    // A sender who goes on is cut off and may not read why.
    const stored = answers.filter((answer) => answer?.status === 200);
    const refused = answers.filter((answer) => answer !== null && answer.status !== 200);
    expect(stored).toHaveLength(4);
    for (const answer of refused) {
      const { code, retryAfter } = failureIn(answer ?? { text: "" });
      expect([answer?.status, code]).toEqual([429, "too_many_requests"]);
      expect(retryAfter).toBeGreaterThan(0);
    }
    const taken = pours.reduce((sum, { poured }) => sum + poured.taken, 0);
    expect(taken).toBeLessThan(900 * megabyte);
    const { rows } = await asOwner(node.databaseUrl, (client) =>
      client.query("SELECT sum(bytes)::bigint AS bytes FROM files WHERE sent_with IS NULL"),
    );
    expect(Number(rows[0]?.bytes)).toBeLessThanOrEqual(200 * megabyte);
  });

  test("that an honest customer sends, ten of 8 MB and twenty small ones at once, are all taken", async () => {
    const visitor = await newVisitor();
    const sizes = [...Array(10).fill(8 * megabyte), ...Array(20).fill(2_000)];
    const answers = await Promise.all(
      sizes.map((size, index) =>
        putFile(node, visitor, { name: `${index}.txt`, content: Buffer.alloc(size, 97 + (index % 20)) }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(sizes.map(() => 200));
  });
});

test("D1: under a full quota of an organisation's customers what was given up makes room, what is fresh does not", async () => {
  const visitor = await newVisitor();
  const small = () => putFile(node, visitor, { name: "a.txt", content: `Notes ${newClientId()}` });
  const { customerId } = await makeVisitor(node, channelId);
  const lying = (hours: number) =>
    asOwner(node.databaseUrl, (client) =>
      client.query(
        `WITH content AS (
          INSERT INTO file_contents (organisation_id, hash, bytes, is_referred) VALUES ($1, $3, 1, true)
          ON CONFLICT DO NOTHING)
        INSERT INTO files (organisation_id, id, customer_id, kind, name, media_type, bytes, content_hash, created_at)
        SELECT $1, gen_random_uuid(), $2, 'file', 'a.txt', 'text/plain', 2000000000, $3,
          now() - make_interval(hours => $4) FROM generate_series(1, 3)`,
        [organisationId, customerId, "0".repeat(64), hours],
      ),
    );
  await lying(2);
  expect((await small()).status).toBe(200);
  await lying(0);
  const refused = await small();
  expect([refused.status, failureIn(refused).code]).toEqual([429, "too_many_requests"]);
  await asOwner(node.databaseUrl, (client) => client.query("DELETE FROM files WHERE bytes = 2000000000"));
});

describe("D1: what is uploaded is counted", () => {
  const from = (person: string, team = false) => ({ network: "198.51.100.1", person, team });
  const refused = { code: "too_many_requests" };

  test("by address, whoever they are, and the team of an address apart", async () => {
    const { upload: count } = createLimits(null, 1);
    for (let person = 0; person < 11; person++) await count(from(`customer ${person}`), 50 * megabyte);
    await expect(count(from("customer 12"), 50 * megabyte)).rejects.toMatchObject(refused);
    await count(from("agent", true), 50 * megabyte);
  });

  test("by what really came, and by request", async () => {
    const { upload: count } = createLimits(null, 1);
    for (let time = 0; time < 500; time++) {
      const settle = await count(from("patient"), 50 * megabyte);
      await settle(0);
    }
    const settle = await count(from("patient"), 50 * megabyte);
    await settle(50 * megabyte);
    await expect(count(from("patient"), 50 * megabyte)).rejects.toMatchObject(refused);
    // Refused bytes do not count as received.
    for (let time = 0; time < 48; time++) await count(from("patient"), 0);
    await expect(count(from("patient"), 0)).rejects.toMatchObject(refused);
  });

  test("together on all nodes", async () => {
    const redis = await startRedis();
    const start = (databaseUrl?: string) =>
      startTestNode({
        environment: { REDIS_URL: redis.url, CHATS_PER_ADDRESS: "1" },
        ...(databaseUrl !== undefined && { databaseUrl }),
      });
    const one = await start();
    const other = await start(one.databaseUrl);
    onTestFinished(async () => {
      await other.stop();
      await one.stop();
      await redis.stop();
    });
    for (let time = 0; time < 11; time++) {
      await (time % 2 ? one : other).services.limits.upload(from("one"), 50 * megabyte);
    }
    for (const { services } of [one, other]) {
      await expect(services.limits.upload(from("one"), 50 * megabyte)).rejects.toMatchObject(refused);
    }
  });
});

test("C5, D1: of one customer's recordings one at a time is decoded, and nobody else waits for them", async () => {
  const { storage, files } = node.services;
  const content = await readFile(await record("a.webm", ...tone(1), "-c:a", "libopus"));
  const running = new Map<string, number>();
  let most = 0;
  const met = Promise.withResolvers<void>();
  const uploaders = await Promise.all(
    [1, 2].map(async (): Promise<Visitor> => {
      const { customerId } = await makeVisitor(node, channelId);
      return { kind: "visitor", organisationId, channelId, customerId, testerId: null };
    }),
  );
  await Promise.all(
    uploaders.flatMap((uploader) => {
      const { customerId } = uploader;
      const watched = async (path: string) => {
        running.set(customerId, (running.get(customerId) ?? 0) + 1);
        most = Math.max(most, ...running.values());
        if (running.size === 2) met.resolve();
        // Each goes on only when the other is being decoded as well.
        await met.promise;
        const voice = await files.voices.make(path);
        running.set(customerId, (running.get(customerId) ?? 0) - 1);
        return voice;
      };
      return Array.from({ length: 4 }, () =>
        upload(storage, { ...files, voices: { make: watched } }, uploader, {
          fileId: newClientId(),
          conversationId: null,
          name: "voice",
          purpose: "voice",
          body: Readable.from([content]),
          bytes: content.length,
          onBytes: () => undefined,
        }),
      );
    }),
  );
  expect(most).toBe(1);
});

test("D1: who has too much waiting is refused, and forgotten when it is done", async () => {
  const ownTurns = createOwnTurns();
  const gate = new EventTarget();
  const opened = once(gate, "open");
  const tasks = Array.from({ length: 32 }, () => ownTurns("one", () => opened));
  await expect(tasks.at(-1)).rejects.toMatchObject({ code: "too_many_requests" });
  expect(await ownTurns("another", async () => "at once")).toBe("at once");
  gate.dispatchEvent(new Event("open"));
  expect((await Promise.allSettled(tasks)).filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(await ownTurns("one", async () => "at once")).toBe("at once");
});
