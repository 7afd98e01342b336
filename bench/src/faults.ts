import { setTimeout as delay } from "node:timers/promises";
import type { Cleanup } from "./cleanup.ts";
import { summarise } from "./driver/percentiles.ts";
import { BenchFailure } from "./failure.ts";
import { type Chat, openChats } from "./faults/chats.ts";
import { findViolations } from "./faults/violations.ts";
import { say } from "./measure/stage.ts";
import type { Options } from "./options.ts";
import { type GrataServer, ownServerProgram, startGrata } from "./system/grata-server.ts";
import { createWorkplace } from "./system/workplace.ts";
import { openDatabase } from "./world/database.ts";
import { setUpOrganisation } from "./world/set-up.ts";

/** The server serves for so long between two kills, somewhere in between. */
const servesMilliseconds = { least: 200, most: 1200 };
const patienceMilliseconds = 60_000;

/**
 * Kills the server again and again while customers and agents write, starts it on the same folder each time, and lets
 * the real client do what it does. At the end every log must hold every acknowledged message once and in order, and
 * everybody must have seen exactly that. Returns a table; throws BenchFailure when the promise was broken.
 */
export async function runFaults(options: Options, cleanup: Cleanup): Promise<string> {
  const workplace = await createWorkplace();
  cleanup.add(workplace.remove);
  const program = options.server ?? ownServerProgram();
  const start = async (port: number): Promise<GrataServer> => {
    const server = await startGrata({ program, dataFolder: workplace.dataFolder, port });
    cleanup.add(server.stop);
    return server;
  };
  let server = await start(0);
  const chats = await prepareChats(server, workplace.dataFolder, options.pairs);
  cleanup.add(async () => chats.forEach((chat) => void chat.close()));

  const outages: number[] = [];
  for (let kill = 1; kill <= options.kills; kill++) {
    await acknowledgements(chats, chats.length);
    const { least, most } = servesMilliseconds;
    await delay(least + Math.random() * (most - least));
    const killedAt = performance.now();
    await server.child.end("SIGKILL");
    server = await start(Number(new URL(server.url).port));
    await acknowledgements(chats, 1);
    outages.push(performance.now() - killedAt);
    say(`Killed ${kill} times, ${acknowledgedBy(chats)} messages acknowledged`);
  }

  await Promise.all(chats.map((chat) => within(chat.finish(), "Some messages were never acknowledged.")));
  const violations = (await Promise.all(chats.map(findViolations))).flat();
  if (violations.length > 0) {
    throw new BenchFailure(`The promise is broken ${violations.length} times:\n${violations.join("\n")}`);
  }
  return table(chats, outages);
}

async function prepareChats(server: GrataServer, dataFolder: string, pairs: number): Promise<Chat[]> {
  const organisationId = await setUpOrganisation(server);
  const database = await openDatabase(dataFolder);
  try {
    const cookies = await database.makeAgents(organisationId, pairs);
    return await openChats({ url: server.url, channelId: await database.webchat() }, cookies);
  } finally {
    await database.close();
  }
}

/** Waits for so many more acknowledgements. */
async function acknowledgements(chats: Chat[], more: number): Promise<void> {
  const wanted = acknowledgedBy(chats) + more;
  const deadline = performance.now() + patienceMilliseconds;
  while (acknowledgedBy(chats) < wanted) {
    if (performance.now() > deadline) throw new BenchFailure("Nothing is acknowledged any more.");
    await delay(5);
  }
}

const writersOf = (chats: Chat[]) => chats.flatMap((chat) => chat.writers);
const acknowledgedBy = (chats: Chat[]) =>
  writersOf(chats).reduce((sum, writer) => sum + writer.acknowledged.size, 0);

async function within(work: Promise<void>, complaint: string): Promise<void> {
  const late = delay(patienceMilliseconds, undefined, { ref: false }).then(() => {
    throw new BenchFailure(complaint);
  });
  await Promise.race([work, late]);
}

function table(chats: Chat[], outages: number[]): string {
  const { p50, longest } = summarise(outages);
  const repeats = writersOf(chats).reduce((sum, writer) => sum + writer.repeats(), 0);
  const rows: [string, string][] = [
    ["kills of the server (SIGKILL)", String(outages.length)],
    ["chats, with two writers each", String(chats.length)],
    ["messages acknowledged", acknowledgedBy(chats).toLocaleString("en")],
    ["sent again after a kill", repeats.toLocaleString("en")],
    ["lost, twice, or out of order", "0"],
    ["from a kill to the next acknowledgement", `p50 ${p50.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(42)}${value}`).join("\n");
}
