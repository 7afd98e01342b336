import { setTimeout as pause } from "node:timers/promises";
import { hitsPage } from "@grata/contract/history";
import pg from "pg";
import type { Cleanup } from "./cleanup.ts";
import { percentile } from "./driver/percentiles.ts";
import { BenchFailure } from "./failure.ts";
import { say } from "./measure/stage.ts";
import type { Options } from "./options.ts";
import { fill } from "./search/fill.ts";
import { markers } from "./search/texts.ts";
import { ownServerProgram, startGrata } from "./system/grata-server.ts";
import { createWorkplace } from "./system/workplace.ts";
import { openDatabase } from "./world/database.ts";
import { setUpOrganisation, signInAsAdmin } from "./world/set-up.ts";

const agents = 50;
const aim = 100;

/** How long the newest fifty hits take, by HTTP as people ask for them, among very many messages. Returns a table. */
export async function runSearch(options: Options, cleanup: Cleanup): Promise<string> {
  const workplace = await createWorkplace();
  cleanup.add(workplace.remove);
  const server = await startGrata({
    program: options.server ?? ownServerProgram(),
    dataFolder: workplace.dataFolder,
  });
  cleanup.add(server.stop);
  const organisationId = await setUpOrganisation(server);
  const database = await openDatabase(workplace.dataFolder);
  cleanup.add(database.close);
  const cookies = await database.makeAgents(organisationId, agents);
  const owner = new pg.Client(database.connection);
  await owner.connect();
  cleanup.add(() => owner.end());
  const { rows } = await owner.query<{ id: string }>("SELECT id FROM users WHERE role = 'agent' ORDER BY id");
  const userIds = rows.map(({ id }) => id);
  const channelId = await database.webchat();
  const count = options.messages ?? (options.quick ? 50_000 : 1_000_000);
  await fill(database.connection, { organisationId, channelId, userIds }, count);
  const seconds = await untilIndexed(owner);
  const sizes = await sizesOf(owner);
  const admin = await signInAsAdmin(server);
  const [agent = ""] = cookies;
  const rounds = options.quick ? 20 : 100;
  const lines: string[] = [];
  const all: number[] = [];
  for (const { name, cookie, query } of questions(admin, agent, { channelId, userId: userIds[0] ?? "" })) {
    const times: number[] = [];
    let hits = 0;
    for (let round = 0; round < rounds; round++) {
      const begin = performance.now();
      const response = await fetch(`${server.url}/api/history/messages?${new URLSearchParams(query)}`, {
        headers: { cookie },
      });
      const page = hitsPage.safeParse(await response.json());
      times.push(performance.now() - begin);
      if (!page.success) throw new BenchFailure(`The search answered ${response.status}.`);
      hits = page.data.hits.length;
    }
    all.push(...times);
    lines.push(row(`${name} (${hits} hits)`, times));
  }
  return [
    `${count.toLocaleString("en")} messages; ${sizes}; the last ones findable ${seconds.toFixed(0)} s after they were stored`,
    `${"newest fifty, in ms".padEnd(52)}     p50     p95     p99  longest`,
    ...lines,
    `${row("all together", all)}  aim ${aim} at p95`,
  ].join("\n");
}

type Question = { name: string; cookie: string; query: Record<string, string> };

function questions(
  admin: string,
  agent: string,
  { channelId, userId }: { channelId: string; userId: string },
): Question[] {
  const of = (name: string, query: Record<string, string>, cookie = admin) => ({ name, cookie, query });
  return [
    ...markers.map(({ word, share }) => of(`${word}, in ${share * 100} % of them`, { text: word })),
    of("two words, each in 10 %", { text: "refund 退款" }),
    of("two words, never together", { text: "xylophone 鹈鹕" }),
    of("a word that nobody said", { text: "quetzal" }),
    of("one character", { text: "退" }),
    of("the beginning of very many words", { text: "ba" }),
    of("in 10 %, of one of 50 users", { text: "refund", userId }),
    of("in 10 %, on one channel", { text: "退款", channelId }),
    of("in 10 %, half a year ago", { text: "refund", to: String(Date.now() - 182 * 24 * 3_600_000) }),
    of("in 10 %, as an agent", { text: "退款" }, agent),
    of("in 0.001 %, as an agent", { text: "xylophone" }, agent),
  ];
}

async function untilIndexed(owner: pg.Client): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const { rows } = await owner.query<{ waiting: number }>(
      "SELECT count(*)::integer AS waiting FROM unindexed_entries",
    );
    const waiting = rows[0]?.waiting ?? 0;
    if (waiting === 0) return (performance.now() - begin) / 1000;
    say(`${waiting.toLocaleString("en")} messages are not findable yet`);
    await pause(5_000);
  }
}

async function sizesOf(owner: pg.Client): Promise<string> {
  await owner.query("ANALYZE");
  const tables = ["entries", "search_postings", "searched_messages"];
  const { rows } = await owner.query<{ name: string; megabytes: number }>(
    `SELECT name, round(pg_total_relation_size(name::regclass) / 1e6)::integer AS megabytes FROM unnest($1::text[]) AS name`,
    [tables],
  );
  return rows.map(({ name, megabytes }) => `${name} ${megabytes} MB`).join(", ");
}

function row(name: string, times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const figures = [0.5, 0.95, 0.99, 1]
    .map((share) => percentile(sorted, share).toFixed(1).padStart(8))
    .join("");
  return `${name.padEnd(50)}${figures}`;
}
