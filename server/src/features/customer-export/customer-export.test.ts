import { customerExport } from "@grata/contract/transcripts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureIn } from "../../../testing/checks/http.ts";
import { openSql } from "../../../testing/checks/stored.ts";
import { unzip } from "../../../testing/checks/unzip.ts";
import { picture } from "../../../testing/outside/pictures.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { uploadFile } from "../../../testing/scenes/files.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { storePushes } from "../../domains/inbox/push.ts";
import { customerIdentities } from "../../foundation/schema/customers.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
});
afterAll(async () => {
  desk.close();
  await node.stop();
});

const ask = (customerId: string, { cookie } = desk.admin) =>
  fetch(`${node.url}/api/customers/${customerId}/export`, { headers: { cookie } });

async function archiveOf(customerId: string) {
  const answer = await ask(customerId);
  expect(answer.status).toBe(200);
  const files = unzip(Buffer.from(await answer.arrayBuffer()));
  const data = customerExport.parse(JSON.parse(files.get("data.json")?.toString() ?? ""));
  return { answer, files, data };
}

async function send(chat: Awaited<ReturnType<typeof makeServed>>, name: string, content: Buffer | string) {
  const { visitor, conversationId } = chat;
  const file = await uploadFile(node, { token: visitor.token, channelId: desk.channelId }, { name, content });
  await visitor.request("message.send", {
    conversationId,
    clientId: newClientId(),
    text: `Here is ${name}`,
    file: file.id,
  });
  return file;
}

function identifyAs(customerId: string, kind: string, externalId: string, vouched: boolean) {
  const { organisationId, channelId } = desk;
  const identity = { organisationId, channelId, customerId, kind, externalId, vouched };
  return node.services.storage.inOrganisation(organisationId, (transaction) =>
    transaction.insert(customerIdentities).values(identity),
  );
}

/** Something that waits to be received, and nobody here receives. */
function push(lane: string, body: string) {
  const { organisationId, channelId } = desk;
  return node.services.storage.inOrganisation(organisationId, (transaction) =>
    storePushes(transaction, [{ organisationId, channelId, key: body, lane, body }]),
  );
}

describe("F4: the export of one customer", () => {
  test("F4: is an archive of all that is kept: data, a page for each chat, files; of everybody who is the same person", async () => {
    const one = await makeServed(node, desk.channelId, desk.agent, "Mei");
    const two = await makeServed(node, desk.channelId, desk.agent, "May");
    const stranger = await makeServed(node, desk.channelId, desk.agent, "Somebody else");
    const deeds = customerDeeds(node, desk.admin).of(one.customerId);
    detailsIn(await deeds.change({ phone: { was: null, value: "+44 7700 900123" } }));
    detailsIn(await deeds.note("Likes oolong"));
    detailsIn(await deeds.tag("Wholesale"));
    await identifyAs(two.customerId, "signed", "customer-7", true);
    await identifyAs(two.customerId, "own", "another id", false);
    await push("another id", "it was pushed");
    await identifyAs(stranger.customerId, "own", "somebody else", false);
    await push("somebody else", "Somebody else pushed it");
    const text = await send(one, "order 1.txt", "two boxes of oolong");
    const photo = await picture(60, 40).jpeg().toBuffer();
    const image = await send(two, "photo.jpg", photo);
    detailsIn(await deeds.merge(two.customerId));

    const { answer, files, data } = await archiveOf(two.customerId);
    const reference = one.customerId.slice(-4).toUpperCase();
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename=customer-${reference}.zip`);
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(data.customer).toMatchObject({ id: one.customerId, ownName: "Mei", phone: "+44 7700 900123" });
    expect(data.customer.notes.map((note) => note.text)).toEqual(["Likes oolong"]);
    expect(data.customer.tags.map((tag) => tag.name)).toEqual(["Wholesale"]);
    expect(data.members.map(({ name, browsers }) => [name, browsers])).toEqual([
      ["Mei", 1],
      ["May", 1],
    ]);
    expect(data.members.map(({ externalId, identities }) => ({ externalId, identities }))).toEqual([
      { externalId: null, identities: [] },
      {
        externalId: "customer-7",
        identities: [
          { kind: "own", externalId: "another id", vouched: false },
          { kind: "signed", externalId: "customer-7", vouched: true },
        ],
      },
    ]);
    expect(data.inbox).toEqual([{ at: expect.any(Number), state: "waiting", body: "it was pushed" }]);
    expect(data.conversations.map(({ conversation }) => conversation.id)).toEqual([
      one.conversationId,
      two.conversationId,
    ]);
    expect(data.conversations[0]?.entries.map((entry) => entry.text)).toEqual([
      "Hello from Mei",
      null,
      "Here is order 1.txt",
    ]);
    expect(data.missingFiles).toEqual([]);
    const paths = [...files.keys()];
    expect(paths.filter((path) => path.startsWith("transcripts/"))).toHaveLength(2);
    expect(files.get(`files/${text.id}-order 1.txt`)?.toString()).toBe("two boxes of oolong");
    expect(files.get(`files/${image.id}-photo.jpg`)?.length).toBe(image.bytes);
    const page = files.get(paths.find((path) => path.includes(one.conversationId)) ?? "")?.toString();
    expect(page).toContain(`href="../files/${text.id}-order%201.txt"`);
    expect([...files.values()].join()).not.toContain("Somebody else");
    expect(stranger.customerId).not.toBe(one.customerId);
  });

  test("F4: comes although the store has lost a file, and says which", async () => {
    const chat = await makeServed(node, desk.channelId, desk.agent);
    const lost = await send(chat, "lost.txt", "soon gone from the store");
    const kept = await send(chat, "kept.txt", "still there");
    const sql = await openSql(node.databaseUrl);
    const { rows } = await sql.query("SELECT organisation_id, content_hash FROM files WHERE id = $1", [
      lost.id,
    ]);
    await sql.end();
    const [{ organisation_id: organisationId, content_hash: hash }] = rows;
    await node.services.files.store.remove({ organisationId, hash });
    const { files, data } = await archiveOf(chat.customerId);
    expect(data.missingFiles).toEqual([lost.id]);
    expect(files.get(`files/${kept.id}-kept.txt`)?.toString()).toBe("still there");
  });

  test("F4: whoever goes away in the middle of it leaves nothing running", async () => {
    const chat = await makeServed(node, desk.channelId, desk.agent);
    await send(chat, "large.txt", "0123456789abcdef".repeat(500_000));
    for (let time = 0; time < 5; time++) {
      const leaving = new AbortController();
      const answer = await fetch(`${node.url}/api/customers/${chat.customerId}/export`, {
        headers: { cookie: desk.admin.cookie },
        signal: leaving.signal,
      });
      // Until the ones before have noticed that nobody reads them any more.
      if (answer.status === 429) time--;
      else expect(answer.status).toBe(200);
      leaving.abort();
    }
    await expect.poll(async () => (await ask(chat.customerId)).status, { timeout: 20_000 }).toBe(200);
  });

  test("F4: is for admins of the organisation only, and noted", async () => {
    const { customerId } = await makeServed(node, desk.channelId, desk.agent);
    const elsewhere = await makeDesk(node, "Elsewhere");
    const codeOf = async (answer: Response) => failureIn({ text: await answer.text() }).code;
    expect(await codeOf(await ask(customerId, desk.agent))).toBe("forbidden");
    expect(await codeOf(await ask(customerId, elsewhere.admin))).toBe("customer_unknown");
    expect(await codeOf(await ask(newClientId()))).toBe("customer_unknown");
    elsewhere.close();
  });
});
