import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { expectDenseLogs, expectTrueLists } from "../../../testing/checks/stored.ts";
import { pigeonChannel } from "../../../testing/pigeon/channel.ts";
import { logsOf, newLetter } from "../../../testing/pigeon/scene.ts";
import { openWriter } from "../../../testing/scenes/writers.ts";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import type { ChannelServices } from "../../channels/port.ts";
import { storePushes } from "./push.ts";
import { startInboxWorker } from "./worker.ts";

/** No node runs here: who receives is what these tests are about. */
/** Longer than a slow machine takes for all points: a worker would lease again what it holds up itself. */
const leaseSeconds = 600;
const { kind, receive } = pigeonChannel("");
const channelId = newId();

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let writer: ReturnType<typeof openWriter>;

beforeAll(async () => {
  database = await openSharedDatabase();
  writer = openWriter(database, "push");
  const { organisationId } = database.place;
  const made = "INSERT INTO channels (organisation_id, id, kind, name) VALUES ($1, $2, $3, 'Loft')";
  await database.sql.query(made, [organisationId, channelId, kind]);
});
afterAll(async () => {
  await writer.close();
  await database.close();
});

/** Somebody in each of these lofts writes. */
function write(texts: Record<string, string>): Promise<void> {
  const { organisationId } = database.place;
  const pushes = Object.entries(texts).map(([lane, text]) => {
    const letter = newLetter(lane, text);
    return { organisationId, channelId, key: letter.id, lane, body: JSON.stringify(letter) };
  });
  return database.services.storage.inOrganisation(organisationId, (transaction) =>
    storePushes(transaction, pushes),
  );
}

/** Lets a worker in another process receive what waits, each letter up to its point, and kills it there. */
async function receiveAndDie(points: string[]): Promise<void> {
  const script = join(import.meta.dirname, "../../../testing/pigeon/dying-receiver.ts");
  const child = spawn(process.execPath, [script, database.url, `${leaseSeconds}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const reached: string[] = [];
  for await (const point of createInterface(child.stdout)) {
    reached.push(point);
    if (reached.length === points.length) break;
  }
  child.kill("SIGKILL");
  await ended;
  // As if its leases had run out.
  await database.sql.query("UPDATE inbox SET leased_until = now() - interval '1 second'");
  expect(reached.sort()).toEqual(points);
}

/** Receives what waits, in this process, as soon as nobody else has it. */
async function receiveRest(): Promise<void> {
  const services = { storage: database.services.storage, writer, publish: () => undefined };
  const worker = startInboxWorker({
    storage: services.storage,
    receivers: new Map(receive && [[kind, (push) => receive(push, services as unknown as ChannelServices)]]),
    logFault(error) {
      throw error;
    },
  });
  await eventually(async () => {
    const { rows } = await database.sql.query("SELECT state FROM inbox WHERE state <> 'received'");
    expect(rows).toEqual([]);
  });
  await worker.close();
}

/** Where a worker may be killed: before the commit and after it, in each transaction of its way, and at the end. */
const pointsOf = (count: number) => Array.from({ length: count }, (_, point) => `${point}`);

test("C4, H1: a worker that is killed anywhere while it opens a chat opens one, with one customer and one message", async () => {
  const points = pointsOf(7);
  await write(Object.fromEntries(points.map((point) => [`new ${point}`, point])));
  await receiveAndDie(points);
  await receiveRest();
  for (const point of points) expect(await logsOf(database.sql, `new ${point}`)).toEqual([[point]]);
  const { rows } = await database.sql.query("SELECT FROM customers WHERE channel_id = $1", [channelId]);
  expect(rows).toHaveLength(points.length);
  await expectTrueLists(database.sql);
});

test("C4, H1: a worker that is killed anywhere while it adds to a chat adds once", async () => {
  const points = pointsOf(8);
  await write(Object.fromEntries(points.map((point) => [`old ${point}`, "Hello"])));
  await receiveRest();
  await write(Object.fromEntries(points.map((point) => [`old ${point}`, point])));
  await receiveAndDie(points);
  await receiveRest();
  for (const point of points) expect(await logsOf(database.sql, `old ${point}`)).toEqual([["Hello", point]]);
  await expectDenseLogs(database.sql);
});
