import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Connection, connect } from "@grata/client/connection";
import { uploadedFile } from "@grata/contract/files";
import { type Handshake, type News, realtimeVersion } from "@grata/contract/realtime";
import type { Cleanup } from "./cleanup.ts";
import { percentile } from "./driver/percentiles.ts";
import { BenchFailure } from "./failure.ts";
import type { Options } from "./options.ts";
import { ownServerProgram, startGrata } from "./system/grata-server.ts";
import { createWorkplace } from "./system/workplace.ts";
import { openDatabase } from "./world/database.ts";
import { setUpOrganisation } from "./world/set-up.ts";
import { makeVisitor } from "./world/visitor.ts";

const seconds = 10;
const aim = 500;

/**
 * How long after its release a voice message of ten seconds lies playable with the other side: upload, transcoding, the
 * message, the news of it, and its download, both ways in turn. Returns a table.
 */
export async function runVoice(options: Options, cleanup: Cleanup): Promise<string> {
  const workplace = await createWorkplace();
  cleanup.add(workplace.remove);
  const server = await startGrata({
    program: options.server ?? ownServerProgram(),
    dataFolder: workplace.dataFolder,
  });
  cleanup.add(server.stop);
  const { url } = server;
  const organisationId = await setUpOrganisation(server);
  const database = await openDatabase(workplace.dataFolder);
  cleanup.add(database.close);
  const [cookie = ""] = await database.makeAgents(organisationId, 1);
  const channel = await database.webchat();
  const token = await makeVisitor({ url, channelId: channel });
  const recording = await record(join(dirname(workplace.dataFolder), "recording.webm"));

  const agent = await openEnd(url, { as: "user", version: realtimeVersion }, { cookie });
  cleanup.add(async () => agent.connection.close());
  const customer = await openEnd(url, { as: "visitor", version: realtimeVersion, channel, token });
  cleanup.add(async () => customer.connection.close());
  const opened = await customer.connection.request("conversation.open", {
    clientId: crypto.randomUUID(),
    text: "I would rather talk.",
  });
  const conversationId = opened.conversation.id;
  await agent.connection.request("conversation.claim", { conversationId });

  const ends = [
    { ...agent, files: `${url}/api/conversations/${conversationId}/files`, headers: { cookie } },
    {
      ...customer,
      files: `${url}/api/webchat/${channel}/files`,
      headers: { authorization: `Bearer ${token}` },
    },
  ] as const;
  const times: number[] = [];
  const rounds = options.quick ? 10 : 50;
  for (let round = 0; round < rounds; round++) {
    const [from, to] = round % 2 === 0 ? ends : [ends[1], ends[0]];
    const begin = performance.now();
    const id = crypto.randomUUID();
    const upload = await fetch(`${from.files}/${id}`, {
      method: "PUT",
      headers: {
        ...from.headers,
        "content-type": "application/octet-stream",
        "x-file-name": "recording.webm",
        "x-file-purpose": "voice",
      },
      body: recording,
    });
    const { file } = uploadedFile.parse(await upload.json());
    const heard = to.hears(file.id);
    const clientId = crypto.randomUUID();
    await from.connection.request("message.send", { conversationId, clientId, text: "", file: file.id });
    await heard;
    const content = await fetch(`${to.files}/${file.id}/content`, { headers: to.headers });
    if (!content.ok) throw new BenchFailure(`The other side got no sound: ${content.status}.`);
    await content.arrayBuffer();
    times.push(performance.now() - begin);
  }
  const sorted = times.toSorted((one, other) => one - other);
  const figures = [0.5, 0.95, 1].map((share) => `${percentile(sorted, share).toFixed(0)} ms`);
  return `a voice message of ${seconds} s, from its release to the other side (${rounds} times): p50 ${figures[0]}, p95 ${figures[1]}, longest ${figures[2]}; aim ${aim} ms at p95`;
}

/** As Chrome records it. */
async function record(path: string): Promise<Buffer> {
  const speech = `aevalsrc='0.4*sin(2*PI*220*t)*abs(sin(3*t))+0.02*random(0)':d=${seconds}:s=48000`;
  try {
    await promisify(execFile)("ffmpeg", [
      "-v",
      "error",
      "-f",
      "lavfi",
      "-i",
      speech,
      "-c:a",
      "libopus",
      path,
    ]);
  } catch {
    throw new BenchFailure("This run makes its recording with ffmpeg: install it first.");
  }
  return readFile(path);
}

type End = { connection: Connection; hears(fileId: string): Promise<void> };

async function openEnd(url: string, handshake: Handshake, headers?: Record<string, string>): Promise<End> {
  const opened = Promise.withResolvers<void>();
  const awaited = new Map<string, () => void>();
  const connection = connect({
    url,
    handshake: () => handshake,
    ...(headers && { headers }),
    onState: (state) => state === "open" && opened.resolve(),
    onNews: (news) => {
      for (const id of filesIn(news)) awaited.get(id)?.();
    },
  });
  await opened.promise;
  return {
    connection,
    hears: (fileId) => new Promise((resolve) => awaited.set(fileId, resolve)),
  };
}

function filesIn(news: News): string[] {
  if (news.type !== "entries") return [];
  return news.entries.flatMap(({ occurrence }) =>
    occurrence.kind === "message" && occurrence.file ? [occurrence.file.id] : [],
  );
}
