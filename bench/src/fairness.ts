import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { realtimeVersion } from "@grata/contract/realtime";
import type { Cleanup } from "./cleanup.ts";
import { openPairs } from "./driver/grata-pairs.ts";
import { Load } from "./driver/load.ts";
import { runOpenLoop } from "./driver/open-loop.ts";
import { summarise } from "./driver/percentiles.ts";
import { Wire } from "./driver/wire.ts";
import type { Flood, Flooded } from "./fairness/floods.ts";
import { say } from "./measure/stage.ts";
import type { Options } from "./options.ts";
import { startChild } from "./system/child.ts";
import { ownServerProgram, startGrata } from "./system/grata-server.ts";
import { createWorkplace } from "./system/workplace.ts";
import { openDatabase } from "./world/database.ts";
import { setUpOrganisation, signInAsAdmin } from "./world/set-up.ts";
import { makeVisitor } from "./world/visitor.ts";

const pairs = 20;
/** Of all pairs together: each writes as people do, and less than the limits. */
const rate = 80;
const aim = 200;
/** Visitors of one network who flood together. */
const crowd = 100;

/**
 * How long messages of one organisation take, to the other side, while another organisation's visitors, its admin and a
 * network of strangers do as much as they can; with the limits that a node has when nothing is set. Returns a table.
 */
export async function runFairness(options: Options, cleanup: Cleanup): Promise<string> {
  const workplace = await createWorkplace();
  cleanup.add(workplace.remove);
  const server = await startGrata({
    program: options.server ?? ownServerProgram(),
    dataFolder: workplace.dataFolder,
    limits: {},
  });
  cleanup.add(server.stop);
  const { url } = server;
  const loud = await setUpOrganisation(server);
  const database = await openDatabase(workplace.dataFolder);
  cleanup.add(database.close);
  const channelId = await database.webchat();
  const tokens = await database.makeVisitors(loud, crowd + 1);
  const cookie = await signInAsAdmin(server);
  const conversationId = await openChat(url, channelId, cookie);
  const quiet = await database.makeOrganisation();
  const cookies = await database.makeAgents(quiet.organisationId, pairs, 100);
  const load = new Load(await openPairs({ url, channelId: quiet.channelId }, cookies));

  const visitor: Flood = {
    ...{ kind: "visitors", url, address: "127.0.0.2", channelId },
    ...{ tokens: tokens.slice(0, 1), sockets: 80, underWay: 256 },
  };
  const visitors: Flood = { ...visitor, address: "127.0.0.3", tokens: tokens.slice(1), sockets: 2 };
  const admin: Flood = {
    ...{ kind: "admin", url, address: "127.0.0.4", cookie, conversationId },
    ...{ sockets: 20, underWay: 256 },
  };
  const handshakes: Flood = { kind: "handshakes", url, address: "127.0.0.5", channelId, atOnce: 100 };
  const scenes: [string, Flood[]][] = [
    ["nobody floods", []],
    ["a visitor with 80 sockets, 256 messages under way on each", [visitor]],
    [`${crowd} visitors of one network, 512 messages under way by each`, [visitors]],
    ["an admin: messages, questions, invitations", [admin]],
    ["a network with invented tokens, 100 at once", [handshakes]],
    ["all of these together", [visitor, visitors, admin, handshakes]],
  ];
  const lines: string[] = [];
  for (const [name, floods] of scenes) {
    say(`${name} ...`);
    const flooding = await startFlooding(floods, cleanup);
    const { latencies, keptUp } = await runOpenLoop(load, { rate, seconds: options.quick ? 6 : 20 });
    lines.push(
      row(name, latencies, await flooding.stop()) + (keptUp ? "" : "  (fell behind and was given up)"),
    );
  }
  return [
    `${pairs} pairs of one organisation, ${rate} messages a second; another organisation floods. To the other side, in ms`,
    `${" ".repeat(62)}     p50     p99  longest   accepted    refused  connected turned away`,
    ...lines,
    `aim ${aim} at p99`,
  ].join("\n");
}

/** The chat that the admin serves and floods. */
async function openChat(url: string, channel: string, cookie: string): Promise<string> {
  const token = await makeVisitor({ url, channelId: channel });
  const customer = await Wire.open(url, { as: "visitor", version: realtimeVersion, channel, token });
  const opening = { clientId: randomUUID(), text: "Hello" };
  const { conversation } = await customer.ask("conversation.open", opening);
  customer.close();
  const admin = await Wire.open(url, { as: "user", version: realtimeVersion }, { cookie });
  await admin.ask("conversation.claim", { conversationId: conversation.id });
  admin.close();
  return conversation.id;
}

async function startFlooding(floods: Flood[], cleanup: Cleanup) {
  const child = startChild([fileURLToPath(new URL("fairness/main.ts", import.meta.url))], {});
  cleanup.add(() => child.end("SIGKILL"));
  child.process.send(floods);
  // The first rush is measured as well, but not the start of the process.
  if (floods.length > 0) await delay(500);
  return {
    async stop(): Promise<Flooded> {
      const counted = once(child.process, "message");
      child.process.send("stop");
      const [flooded] = await counted;
      await child.ended;
      return flooded as Flooded;
    },
  };
}

function row(name: string, latencies: number[], flooded: Flooded): string {
  const { p50, p99, longest } = summarise(latencies);
  const figures = [p50, p99, longest].map((figure) => figure.toFixed(1).padStart(8)).join("");
  const { accepted, refused, connected, turnedAway } = flooded;
  const counts = [accepted, refused, connected, turnedAway].map((count) => `${count}`.padStart(11)).join("");
  return `${name.padEnd(62)}${figures}${counts}`;
}
