import { v7 as newId } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import type { Job } from "../../foundation/jobs/every.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { leaseLane } from "../deliveries/lane.ts";
import { leasePush } from "./lane.ts";
import { clientIdOf, type PushOutcome, type StoredPush, storePushes } from "./push.ts";
import { startInboxWorker } from "./worker.ts";

/** No node runs here: how pushes are stored, ordered, tried again and given up is what these tests are about. */
let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let workers: Job[];
let faults: unknown[];
let received: string[];
/** Decides the outcome of a push; at first each is received. */
let behave: (push: StoredPush) => PushOutcome | Promise<PushOutcome>;

beforeEach(async () => {
  workers = [];
  faults = [];
  received = [];
  behave = () => ({ kind: "received" });
  database = await openSharedDatabase();
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await database.close();
});

function startWorker(): Job {
  const worker = startInboxWorker({
    storage: database.services.storage,
    receivers: new Map([
      [
        "webchat",
        async (push) => {
          received.push(push.body);
          return behave(push);
        },
      ],
    ]),
    logFault: (fault) => faults.push(fault),
  });
  workers.push(worker);
  return worker;
}

const store = (lane: string, ...bodies: string[]) =>
  database.services.storage.inOrganisation(database.place.organisationId, (transaction) =>
    storePushes(
      transaction,
      bodies.map((body) => ({ ...database.place, key: `key of ${body}`, lane, body })),
    ),
  );

async function states(): Promise<[string, string | null, string | null][]> {
  const { rows } = await database.sql.query("SELECT state, body, last_error AS error FROM inbox ORDER BY id");
  return rows.map(({ state, body, error }) => [state, body, error]);
}

describe("a push", () => {
  test("C4: is received once and in order, and nothing of what it says is kept in the inbox", async () => {
    await store("mei", "one", "two");
    await store("mei", "two", "three");
    startWorker();
    await eventually(async () =>
      expect(await states()).toEqual([
        ["received", null, null],
        ["received", null, null],
        ["received", null, null],
      ]),
    );
    await store("mei", "one", "four");
    await eventually(() => expect(received).toEqual(["one", "two", "three", "four"]));
  });

  test("C4, H1: refused for good lets the next one pass, and stays for the operator", async () => {
    behave = ({ body }) =>
      body === "garbage" ? { kind: "refused", reason: "It is no letter." } : { kind: "received" };
    await store("mei", "garbage", "next");
    startWorker();
    await eventually(async () =>
      expect(await states()).toEqual([
        ["failed", "garbage", "It is no letter."],
        ["received", null, null],
      ]),
    );
    const { rows } = await database.sql.query("SELECT id FROM inbox WHERE state = 'failed'");
    const sentence = `The push ${rows[0].id} (webchat) stays in the inbox: It is no letter.`;
    expect(faults).toEqual([new Error(sentence)]);
  });

  test("C4, H1: postponed, or finding the database busy, holds its own lane and no other", async () => {
    let open = false;
    behave = ({ body }) => {
      if (open || !["first", "busy"].includes(body)) return { kind: "received" };
      if (body === "busy") throw new Refusal("conversation_busy");
      return { kind: "postponed", reason: "Not yet.", afterSeconds: 0.1 };
    };
    await store("mei", "first", "second");
    await store("kim", "busy", "behind it");
    await store("lou", "other");
    startWorker();
    await eventually(() => expect(received.filter((body) => body === "first").length).toBeGreaterThan(2));
    await eventually(() => expect(received).toContain("other"));
    expect(received).not.toContain("second");
    expect(received).not.toContain("behind it");
    open = true;
    await eventually(() => expect(received).toEqual(expect.arrayContaining(["second", "behind it"])));
    expect(faults).toEqual([]);
  });

  test("C4, H1: stopped by a fault of ours is tried again, and given up after a while", async () => {
    behave = ({ body, attempts }) => {
      if (body === "for a while" && attempts === 3) return { kind: "received" };
      if (body !== "after it") throw new TypeError(`What "${body}" says is not logged`);
      return { kind: "received" };
    };
    await store("mei", "for a while", "for ever", "after it");
    startWorker();
    const hurry = () => database.sql.query("UPDATE inbox SET due_at = now()");
    await eventually(async () => {
      await hurry();
      expect(await states()).toEqual([
        ["received", null, null],
        ["failed", "for ever", "The channel failed."],
        ["received", null, null],
      ]);
    });
    expect(received.filter((body) => body === "for ever")).toHaveLength(6);
  });

  test("H1: two workers never hold one lane at a time", async () => {
    const busy = new Set<string>();
    const overlaps: string[] = [];
    behave = async ({ lane }) => {
      if (busy.has(lane)) overlaps.push(lane);
      busy.add(lane);
      await new Promise(setImmediate);
      busy.delete(lane);
      return { kind: "received" };
    };
    const lanes = ["mei", "kim", "lou", "ola"];
    const bodies = Array.from({ length: 12 }, (_, number) => `${number}`);
    for (const lane of lanes) await store(lane, ...bodies.map((body) => `${lane} ${body}`));
    startWorker();
    startWorker();
    await eventually(() => expect(received).toHaveLength(lanes.length * bodies.length));
    expect(overlaps).toEqual([]);
    for (const lane of lanes) {
      expect(received.filter((body) => body.startsWith(lane))).toEqual(
        bodies.map((body) => `${lane} ${body}`),
      );
    }
  });

  test("H1: committed late waits for the later one of its lane that is under way", async () => {
    await store("mei", "late", "under way");
    const lend = (seconds: number) =>
      database.sql.query(
        "UPDATE inbox SET leased_until = now() + make_interval(secs => $1) WHERE body = 'under way'",
        [seconds],
      );
    await lend(60);
    const { storage } = database.services;
    expect(await leasePush(storage, ["webchat"], newId(), 60)).toBeNull();
    await lend(-1);
    expect(await leasePush(storage, ["webchat"], newId(), 60)).not.toBeNull();
  });

  test("H1: on a kind of channel that a node does not know waits for one that does, on the way in and out", async () => {
    const { storage } = database.services;
    await database.sql.query("UPDATE channels SET kind = 'of a later release'");
    await store("mei", "one");
    const { organisationId, channelId } = database.place;
    await database.sql.query(
      `WITH customer AS (INSERT INTO customers (organisation_id, id, channel_id) VALUES ($1, $2, $3))
       INSERT INTO lanes (organisation_id, channel_id, customer_id, due_at) VALUES ($1, $3, $2, now())`,
      [organisationId, newId(), channelId],
    );
    const later = ["webchat", "of a later release"];
    for (const lease of [leasePush, leaseLane]) {
      expect(await lease(storage, ["webchat"], newId(), 60)).toBeNull();
      expect(await lease(storage, later, newId(), 60)).toMatchObject({ kind: "of a later release" });
    }
  });

  test("H1: is forgotten days after it was received, and where it failed after a month, or when chats are", async () => {
    await store("mei", "received", "failed", "failed long ago", "waits");
    await database.sql.query(`
      UPDATE inbox SET state = CASE WHEN body LIKE 'failed%' THEN 'failed' ELSE body END WHERE body <> 'waits';
      UPDATE inbox SET at = now() - interval '31 days' WHERE body IN ('failed long ago', 'waits');
      UPDATE inbox SET at = now() - interval '4 days' WHERE body IN ('received', 'failed')`);
    const forget = async () => {
      await database.services.storage.system("system_forget_inbox", []);
      return (await states()).map(([, body]) => body);
    };
    expect(await forget()).toEqual(["failed", "waits"]);
    await database.sql.query("UPDATE organisations SET retention_days = 3");
    expect(await forget()).toEqual(["waits"]);
  });
});

test("C4: the client id of a push is its own, and the same each time", () => {
  const push = { channelId: newId(), key: "1" };
  expect(clientIdOf(push)).toBe(clientIdOf({ ...push }));
  const others = [
    clientIdOf(push, "file"),
    clientIdOf({ ...push, key: "2" }),
    clientIdOf({ ...push, channelId: newId() }),
  ];
  expect(new Set([clientIdOf(push), ...others]).size).toBe(4);
});
