import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getFile, putFile, uploadFile } from "../../../../testing/scenes/files.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  type TestAgent,
  type TestVisitor,
} from "../../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import { findFfmpeg } from "./ffmpeg.ts";
import { probe, record, scratchFolder, tone } from "./testing/recordings.ts";
import { openVoices } from "./voices.ts";

let node: TestNode;
let agent: TestAgent;
let visitor: TestVisitor;
let channelId: string;
let conversationId: string;

beforeAll(async () => {
  node = await startTestNode();
  const organisation = await makeOrganisation(node);
  channelId = organisation.channelId;
  agent = await connectAgent(node, organisation.organisationId);
  visitor = await connectVisitor(node, channelId);
});
afterAll(() => node.stop());

const recording = async (name: string, seconds: number, codec: string) => ({
  name,
  purpose: "voice" as const,
  content: await readFile(await record(name, ...tone(seconds), "-c:a", codec)),
});

test("C5: a customer's voice message from Safari plays in the console, and the agent's from Chrome at the customer's", async () => {
  const spoken = await uploadFile(node, { ...visitor, channelId }, await recording("a.mp4", 2, "aac"));
  expect(spoken).toMatchObject({ kind: "voice", mediaType: "audio/mpeg", name: "voice.mp3" });
  const opened = await visitor.request("conversation.open", {
    clientId: newClientId(),
    text: "",
    file: spoken.id,
  });
  conversationId = opened.conversation.id;
  expect(opened.entry.occurrence).toEqual({ kind: "message", text: "", file: spoken });
  await agent.request("conversation.claim", { conversationId });
  const heard = await getFile(node, { ...agent, conversationId }, spoken.id);
  expect(heard.headers.get("content-type")).toBe("audio/mpeg");
  expect(heard.headers.get("content-disposition")).toBe("inline; filename=voice.mp3");
  expect(await probe(heard.content)).toMatchObject({ codec_name: "mp3", channels: "1" });

  const answer = await uploadFile(
    node,
    { ...agent, conversationId },
    await recording("a.webm", 3, "libopus"),
  );
  await agent.request("message.send", { conversationId, clientId: newClientId(), text: "", file: answer.id });
  const fetched = await getFile(node, { ...visitor, channelId }, answer.id);
  expect(Math.abs(Number((await probe(fetched.content)).duration) - 3)).toBeLessThan(0.2);
  if (answer.kind !== "voice") throw new Error("It is no voice message.");
  expect(answer.waveform).toHaveLength(64);
  expect(Math.abs(answer.milliseconds - 3000)).toBeLessThan(80);
});

test("C5: the same recording sent again after a lost answer is one voice message", async () => {
  const sent = { ...(await recording("a.ogg", 1, "libopus")), id: newClientId() };
  const holder = { ...agent, conversationId };
  expect(await uploadFile(node, holder, sent)).toEqual(await uploadFile(node, holder, sent));
  const message = { conversationId, clientId: newClientId(), text: "", file: sent.id };
  const first = await agent.request("message.send", message);
  expect(await agent.request("message.send", message)).toEqual(first);
});

test("C5: what is no recording is refused with its reason, and nothing of it stays", async () => {
  const holder = { ...visitor, channelId };
  const leftovers = () => readdir(node.services.files.incoming);
  const refused = async (content: Buffer | string) => {
    const answer = await putFile(node, holder, { name: "a.webm", purpose: "voice", content });
    return [answer.status, JSON.parse(answer.text).error.code];
  };
  expect(await refused("")).toEqual([400, "file_empty"]);
  expect(await refused("#EXTM3U\nfile:///etc/passwd\n")).toEqual([415, "voice_unreadable"]);
  expect(await refused(await readFile(await record("a.wav", ...tone(70), "-c:a", "pcm_u8")))).toEqual([
    413,
    "voice_too_long",
  ]);
  expect(await refused(Buffer.alloc(5 * 1024 * 1024, 1))).toEqual([413, "file_too_large"]);
  expect(await leftovers()).toEqual([]);
});

test("C5: without any ffmpeg a recording is refused with what to do, and taken once there is one", async () => {
  let installed = false;
  const voices = await openVoices(null, async (given) => (installed ? findFfmpeg(given) : null));
  const path = await record("a.webm", ...tone(1), "-c:a", "libopus");
  await expect(voices.make(path)).rejects.toMatchObject({ code: "voice_unavailable" });
  installed = true;
  expect(await voices.make(path)).toMatchObject({ waveform: expect.any(Array) });
});

test("C5: without an ffmpeg of the machine that of the package is used", async () => {
  const { PATH } = process.env;
  process.env.PATH = await scratchFolder();
  try {
    expect(await findFfmpeg(null)).toMatchObject({ kind: "addon" });
  } finally {
    process.env.PATH = PATH;
  }
});

test("C5: a node with an FFMPEG_PATH that is no ffmpeg says so when it starts", async () => {
  await expect(startTestNode({ environment: { FFMPEG_PATH: process.execPath } })).rejects.toThrow(
    "FFMPEG_PATH",
  );
});
