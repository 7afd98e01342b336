import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { storedLog } from "../../../testing/checks/stored.ts";
import { makeChannel } from "../../../testing/outside/channel.ts";
import { type Chat, makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { agentMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import type { User } from "../../foundation/access/principal.ts";
import type { Job } from "../../foundation/jobs/every.ts";
import type { Parcel } from "./parcel.ts";
import { startDeliveryWorker } from "./worker.ts";

/**
 * Decision 6: a delivery that began and of which nobody knows how it ended is never sent again by itself. No node
 * runs here: who delivers is what these tests are about.
 */
const leaseSeconds = 1;

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let sql: pg.Client;
let agent: User;
let chat: Chat;
let writer: ReturnType<typeof openWriter>;
let workers: Job[];

beforeEach(async () => {
  workers = [];
  database = await openSharedDatabase();
  sql = database.sql;
  writer = openWriter(database, "push");
  agent = await makeAgent(database, database.place);
  chat = await makeClaimedChat(database, database.place, agent);
});
afterEach(async () => {
  await Promise.all([writer, ...workers].map((part) => part.close()));
  await database.close();
});

async function write(...texts: string[]): Promise<void> {
  for (const text of texts) await writer.append(agentMessage(chat, agent, text));
}

/** A worker in this process, whose calls succeed. */
function startWorker(channel = makeChannel()) {
  const { storage } = database.services;
  const worker = startDeliveryWorker({
    storage,
    leaseSeconds,
    deliverers: channel.deliverers,
    publish: () => undefined,
    logFault(error) {
      throw error;
    },
  });
  workers.push(worker);
  return channel;
}

async function states(): Promise<string[]> {
  const log = await storedLog(sql, chat.id);
  return log
    .filter(({ author, kind }) => author === "user" && kind === "message")
    .map(({ delivery }) => delivery);
}

/** Lets a worker in another process begin, and kills it while the outside has not answered. */
async function beginAndDie(): Promise<Parcel> {
  const script = join(import.meta.dirname, "../../../testing/servers/dying-worker.ts");
  const child = spawn(process.execPath, [script, database.url, `${leaseSeconds}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  return JSON.parse(line) as Parcel;
}

describe("a worker that is killed while the outside has its message", () => {
  test("C4, H1: leaves it unconfirmed: it is never sent again, and the next one goes on", async () => {
    await write("began", "waited");
    expect(await beginAndDie()).toMatchObject({ seq: 3, occurrence: { text: "began" } });
    expect(await states()).toEqual(["pending", "pending"]);
    const channel = startWorker();
    await eventually(async () => expect(await states()).toEqual(["unconfirmed", "delivered"]));
    expect(channel.sentTo(chat.visitor.customerId)).toEqual(["waited"]);
    expect((await sql.query("SELECT FROM deliveries")).rowCount).toBe(0);
  });
});

describe("a lease", () => {
  const lend = (seconds: number) =>
    sql.query(
      "UPDATE lanes SET leased_by = gen_random_uuid(), leased_until = now() + make_interval(secs => $1)",
      [seconds],
    );

  test("H1: of somebody who lives is respected, and one that ran out is not", async () => {
    await write("one");
    await lend(1_000);
    const other = await makeClaimedChat(database, database.place, agent);
    const channel = startWorker();
    await writer.append(agentMessage(other, agent, "free"));
    await eventually(() => expect(channel.sentTo(other.visitor.customerId)).toEqual(["free"]));
    expect(channel.sentTo(chat.visitor.customerId)).toEqual([]);
    await lend(-1);
    await eventually(() => expect(channel.sentTo(chat.visitor.customerId)).toEqual(["one"]));
  });

  test("H1: that was lost to another worker while the outside was called stops the loser after that call", async () => {
    const answer = Promise.withResolvers<{ kind: "delivered" }>();
    const channel = startWorker(makeChannel(() => answer.promise));
    await write("under way", "next");
    await eventually(() => expect(channel.calls).toHaveLength(1));
    await lend(1_000);
    answer.resolve({ kind: "delivered" });
    await eventually(async () => expect(await states()).toEqual(["delivered", "pending"]));
    expect(channel.calls).toHaveLength(1);
    await lend(-1);
    await eventually(async () => expect(await states()).toEqual(["delivered", "delivered"]));
    expect(channel.sentTo(chat.visitor.customerId)).toEqual(["under way", "next"]);
  });
});
