import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { createOutgoing } from "@grata/client/outgoing";
import { readUploaded } from "@grata/client/read-uploaded";
import { createMemoryStorage } from "@grata/client/storage";
import { createUploads } from "@grata/client/uploads";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { putFile } from "../../../../testing/scenes/files.ts";
import { connectAgent, connectVisitor, newClientId } from "../../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let organisation: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  organisation = await makeOrganisation(node);
});
afterAll(() => node.stop());

/** Three tries have two pauses between them. */
const patience = 45_000;

/** A proxy before the node that answers uploads with a page of its own, and passes everything else on. */
async function startProxy() {
  const proxy = { url: "", uploads: 0, refuse: 0 };
  const server = createServer((request, response) => {
    if (request.method === "PUT") proxy.uploads += 1;
    if (request.method === "PUT" && proxy.refuse > 0) {
      request.resume();
      response.writeHead(proxy.refuse, { "content-type": "text/html" }).end("<html>Not through here</html>");
      return;
    }
    const { method, headers, url } = request;
    const onwards = httpRequest(node.url + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onwards);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

/** A customer's browser behind the proxy, without a browser's request. */
async function openQueue(proxy: { url: string }) {
  const { channelId, organisationId } = organisation;
  const visitor = await connectVisitor(node, channelId);
  const { conversation } = await visitor.request("conversation.open", {
    clientId: newClientId(),
    text: "Hello",
  });
  const agent = await connectAgent(node, organisationId);
  await agent.request("conversation.claim", { conversationId: conversation.id });
  const kept = new Map<string, Blob>();
  const outgoing = createOutgoing({
    line: visitor,
    storage: createMemoryStorage(),
    prefix: "test.",
    send: ({ clientId, text, file }) =>
      visitor.request("message.send", {
        conversationId: conversation.id,
        clientId,
        text,
        ...(file && { file: file.id }),
      }),
  });
  const uploads = createUploads({
    line: visitor,
    outgoing,
    keeper: {
      keep: (id, blob) => void kept.set(id, blob),
      find: async (id) => kept.get(id),
      remove: (id) => void kept.delete(id),
      clear: async () => kept.clear(),
    },
    async put({ file }, blob) {
      const content = Buffer.from(await blob.arrayBuffer());
      const sent = { name: file.name, id: file.id, purpose: file.purpose, content };
      const { status, text } = await putFile(proxy, { token: visitor.token, channelId }, sent);
      return readUploaded({ status, responseText: text });
    },
    words: (why, status) => `${why} ${status}`,
  });
  onTestFinished(() => {
    uploads.dispose();
    outgoing.dispose();
    visitor.close();
    agent.close();
  });
  const shown = () => outgoing.snapshot().map(({ text, state }) => [text, state.kind]);
  return { outgoing, uploads, shown };
}

test.each([
  [413, 1, "tooLarge 413"],
  [403, 1, "refused 403"],
  [502, 3, "refused 502"],
  [200, 3, "refused 200"],
])(
  "C4: a file that a proxy answers with a page and %i is given up, words go on, and a try by hand sends it once",
  async (status, tries, message) => {
    const proxy = await startProxy();
    proxy.refuse = status;
    const { outgoing, uploads, shown } = await openQueue(proxy);
    uploads.add("chat", "with a file", new File(["Hi"], "notes.txt"));
    outgoing.add("chat", "words");
    await eventually(() =>
      expect(shown()).toEqual([
        ["with a file", "failed"],
        ["words", "sent"],
      ]),
    );
    const [file] = outgoing.snapshot();
    expect(file?.state).toMatchObject({ failure: { message } });
    expect(proxy.uploads).toBe(tries);
    proxy.refuse = 0;
    outgoing.retry(file?.clientId ?? "");
    await eventually(() => expect(shown()[0]).toEqual(["with a file", "sent"]));
    expect(proxy.uploads).toBe(tries + 1);
  },
);

test("C5: a recording on which the server stumbles each time is kept, and given up after three tries", async () => {
  const proxy = await startProxy();
  const { files } = node.services;
  const make = files.voices.make;
  files.voices.make = () => Promise.reject(new Error("The decoder stumbles."));
  onTestFinished(() => {
    files.voices.make = make;
  });
  const { outgoing, uploads, shown } = await openQueue(proxy);
  uploads.add("chat", "", new File(["not silence"], "voice"), "voice");
  await eventually(() => expect(shown()).toEqual([["", "failed"]]), patience);
  const [item] = outgoing.snapshot();
  expect(item?.state).toMatchObject({ failure: { code: "internal" } });
  expect(proxy.uploads).toBe(3);
  expect(await (await uploads.find(item?.file?.id ?? ""))?.text()).toBe("not silence");
});
