import type { ErrorCode } from "@grata/contract/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../../testing/checks/contents.ts";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { expectHttpFailure } from "../../../../testing/checks/expect-failure.ts";
import { failureIn } from "../../../../testing/checks/http.ts";
import { getFile, type Holder, putFile, uploadFile } from "../../../../testing/scenes/files.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  refusal,
  type TestAgent,
  type TestVisitor,
} from "../../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import { removeLeftovers } from "../../media/remove-leftovers.ts";

let node: TestNode;
let here: Awaited<ReturnType<typeof makeOrganisation>>;
let elsewhere: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  here = await makeOrganisation(node, "Here");
  elsewhere = await makeOrganisation(node, "Elsewhere");
});
afterAll(() => node.stop());

type Served = {
  agent: TestAgent;
  visitor: TestVisitor;
  conversationId: string;
  team: Holder;
  customer: Holder;
};

/** A chat that somebody serves. */
async function serve({ organisationId, channelId } = here, by?: TestAgent): Promise<Served> {
  const agent = by ?? (await connectAgent(node, organisationId));
  const visitor = await connectVisitor(node, channelId);
  const opening = { clientId: newClientId(), text: "Hello" };
  const { conversation } = await visitor.request("conversation.open", opening);
  const conversationId = conversation.id;
  await agent.request("conversation.claim", { conversationId });
  return {
    agent,
    visitor,
    conversationId,
    team: { cookie: agent.cookie, conversationId },
    customer: { token: visitor.token, channelId },
  };
}

const text = () => ({ name: "notes.txt", content: `Notes ${newClientId()}` });

/** Sends a file of its uploader's into the chat, and returns its id. */
async function sendFrom({ agent, conversationId, team }: Served): Promise<string> {
  const { id } = await uploadFile(node, team, text());
  await agent.request("message.send", { conversationId, clientId: newClientId(), text: "", file: id });
  return id;
}

async function expectUnseen(holder: Holder, fileId: string, code: ErrorCode = "file_unknown"): Promise<void> {
  for (const part of ["content", "thumbnail"] as const) {
    const { content } = await getFile(node, holder, fileId, part);
    expect(failureIn({ text: content.toString() }).code).toBe(code);
  }
}

describe("H2: a file is seen by whoever sees its message", () => {
  test("and by no other visitor, agent, organisation or stranger, whatever ids they name", async () => {
    const own = await serve();
    const fileId = await sendFrom(own);
    expect((await getFile(node, own.customer, fileId)).status).toBe(200);
    expect((await getFile(node, own.team, fileId)).status).toBe(200);

    const other = await serve();
    const foreign = await serve(elsewhere);
    await expectUnseen(other.customer, fileId);
    await expectUnseen(foreign.customer, fileId);
    await expectUnseen(other.team, fileId);
    await expectUnseen({ cookie: other.agent.cookie, conversationId: own.conversationId }, fileId);
    await expectUnseen({ cookie: foreign.agent.cookie, conversationId: own.conversationId }, fileId);
    // The right chat's agent by another chat's address.
    const second = await serve(here, own.agent);
    await expectUnseen(second.team, fileId);
    await expectUnseen({ cookie: "", conversationId: own.conversationId }, fileId, "sign_in_required");
    await expectUnseen(
      { token: own.visitor.token, channelId: elsewhere.channelId },
      fileId,
      "sign_in_required",
    );
    await expectUnseen({ token: "x".repeat(43), channelId: here.channelId }, fileId, "sign_in_required");
  });

  test("an admin sees it, and its agent no more once the chat is another's business", async () => {
    const own = await serve();
    const fileId = await sendFrom(own);
    const admin = await connectAgent(node, here.organisationId, "admin");
    const asAdmin = { cookie: admin.cookie, conversationId: own.conversationId };
    expect((await getFile(node, asAdmin, fileId)).status).toBe(200);
    await own.agent.request("conversation.close", { conversationId: own.conversationId });
    expect((await getFile(node, own.customer, fileId)).status).toBe(200);
  });

  test("a message for the team alone shows its customer no file", async () => {
    const own = await serve();
    const fileId = await sendFrom(own);
    await asOwner(node.databaseUrl, (sql) =>
      sql.query("UPDATE entries SET audience = 'team' WHERE occurrence -> 'file' ->> 'id' = $1", [fileId]),
    );
    await expectUnseen(own.customer, fileId);
    expect((await getFile(node, own.team, fileId)).status).toBe(200);
  });

  test("nobody sees one that has not been sent, not even its uploader", async () => {
    const own = await serve();
    const { id } = await uploadFile(node, own.customer, text());
    await expectUnseen(own.customer, id);
    await expectUnseen(own.team, id);
  });
});

describe("H2: an upload is for its uploader, their chat and one message", () => {
  test("into a chat of another nothing is uploaded, and nothing into a closed one", async () => {
    const own = await serve();
    const other = await serve();
    const foreign = await serve(elsewhere);
    const into = (cookie: string) => putFile(node, { cookie, conversationId: own.conversationId }, text());
    expectHttpFailure(await into(other.agent.cookie), 404, ["conversation_unknown"]);
    expectHttpFailure(await into(foreign.agent.cookie), 404, ["conversation_unknown"]);
    await own.agent.request("conversation.close", { conversationId: own.conversationId });
    expectHttpFailure(await into(own.agent.cookie), 409, ["conversation_closed"]);
  });

  test("the slot of another is not written, whoever they are", async () => {
    const own = await serve();
    const { id } = await uploadFile(node, own.team, text());
    const second = await serve(here, own.agent);
    const others = [(await serve()).team, (await serve()).customer, own.customer, second.team];
    for (const holder of others) {
      expectHttpFailure(await putFile(node, holder, { ...text(), id }), 404, ["file_unknown"]);
    }
    // In another organisation the same id is another file.
    expect((await putFile(node, (await serve(elsewhere)).team, { ...text(), id })).status).toBe(200);
  });

  test("the same upload again, also at the same time, is the same file", async () => {
    const own = await serve();
    const id = newClientId();
    const notes = text();
    const all = await Promise.all([1, 2, 3].map(() => uploadFile(node, own.customer, { ...notes, id })));
    const again = await uploadFile(node, own.customer, { name: "other.txt", content: "Other", id });
    for (const file of all) expect(file).toEqual(again);
  });

  test("nobody sends a file of another, of another chat, or one that there is not", async () => {
    const own = await serve();
    const other = await serve();
    const second = await serve(here, own.agent);
    const foreign = await serve(elsewhere);
    const { id: ofAgent } = await uploadFile(node, own.team, text());
    const { id: ofVisitor } = await uploadFile(node, own.customer, text());
    const sending = (by: TestAgent | TestVisitor, { conversationId }: Served, file: string) =>
      refusal(by.request("message.send", { conversationId, clientId: newClientId(), text: "", file }));
    expect(await sending(own.visitor, own, ofAgent)).toBe("file_unknown");
    expect(await sending(own.agent, own, ofVisitor)).toBe("file_unknown");
    expect(await sending(own.agent, second, ofAgent)).toBe("file_unknown");
    expect(await sending(other.agent, other, ofAgent)).toBe("file_unknown");
    expect(await sending(other.visitor, other, ofVisitor)).toBe("file_unknown");
    expect(await sending(foreign.agent, foreign, ofAgent)).toBe("file_unknown");
    expect(await sending(own.agent, own, newClientId())).toBe("file_unknown");
    const opening = { clientId: newClientId(), text: "", file: ofVisitor };
    const stranger = await connectVisitor(node, here.channelId);
    expect(await refusal(stranger.request("conversation.open", opening))).toBe("file_unknown");
  });

  test("one file goes with one message, also when two are sent at once; the same message again is the same", async () => {
    const { agent, conversationId, team } = await serve();
    const { id: file } = await uploadFile(node, team, text());
    const [one, other] = [newClientId(), newClientId()];
    const send = (clientId: string) =>
      agent.request("message.send", { conversationId, clientId, text: "", file });
    const outcomes = await Promise.allSettled([send(one), send(one), send(other)]);
    const stored = outcomes.filter(({ status }) => status === "fulfilled");
    const { entries } = await agent.request("entries.after", { conversationId, after: 0 });
    expect(entries.filter(({ occurrence }) => occurrence.kind === "message" && occurrence.file)).toHaveLength(
      1,
    );
    expect(stored.length).toBeGreaterThan(0);
    const kept = entries.at(-1)?.clientId === one ? one : other;
    expect((await send(kept)).seq).toBe(entries.at(-1)?.seq);
    expect(await refusal(send(newClientId()))).toBe("file_unknown");
  });

  test("a message says something or carries something, and blanks are neither", async () => {
    const { agent, conversationId, team } = await serve();
    const { id: file } = await uploadFile(node, team, text());
    const send = (words: object) =>
      refusal(agent.request("message.send", { conversationId, clientId: newClientId(), text: "", ...words }));
    expect(await send({})).toBe("message_empty");
    expect(await send({ text: " \n ", file })).toBe("message_empty");
    expect(await send({ file: "not an id" })).toBe("request_invalid");
    expect(await send({ file: { $ne: null } })).toBe("request_invalid");
  });
});

describe("C4: an upload that is never sent", () => {
  const count = async () => {
    const counted = await asOwner(node.databaseUrl, (sql) =>
      sql.query(
        "SELECT (SELECT count(*)::int FROM files) AS files, (SELECT count(*)::int FROM file_contents) AS contents",
      ),
    );
    return counted.rows[0] as { files: number; contents: number };
  };
  const none = { unsentSeconds: 0, looseSeconds: 0 };
  const remove = () => removeLeftovers(node.services.storage, node.services.files, none);
  const lies = async (hash: string) =>
    node.services.files.store
      .read({ organisationId: here.organisationId, hash })
      .then((stream) => stream.destroy())
      .then(
        () => true,
        () => false,
      );
  const hashOf = async (fileId: string): Promise<string> =>
    asOwner(node.databaseUrl, async (sql) => {
      const { rows } = await sql.query("SELECT content_hash FROM files WHERE id = $1", [fileId]);
      return rows[0].content_hash;
    });

  test("is removed with its content after a day, and what was sent stays with its own", async () => {
    const own = await serve();
    const sentId = await sendFrom(own);
    const { id } = await uploadFile(node, own.customer, text());
    const hash = await hashOf(id);
    await removeLeftovers(node.services.storage, node.services.files);
    expect(await lies(hash)).toBe(true);
    await remove();
    expect(await lies(hash)).toBe(false);
    expect((await getFile(node, own.team, sentId)).status).toBe(200);
    const late = { conversationId: own.conversationId, clientId: newClientId(), text: "", file: id };
    expect(await refusal(own.visitor.request("message.send", late))).toBe("file_unknown");
  });

  test("its content stays where another message carries the same", async () => {
    const own = await serve();
    const notes = text();
    const { id: sent } = await uploadFile(node, own.team, notes);
    await own.agent.request("message.send", {
      conversationId: own.conversationId,
      clientId: newClientId(),
      text: "",
      file: sent,
    });
    await uploadFile(node, own.customer, notes);
    await remove();
    await remove();
    expect((await getFile(node, own.customer, sent)).content.toString()).toBe(notes.content);
  });

  test("what a killed removal or upload left behind is found the next time", async () => {
    const own = await serve();
    const { id } = await uploadFile(node, own.customer, text());
    const hash = await hashOf(id);
    const { store } = node.services.files;
    // Killed after the content was removed and before its row was; and after a content's row, before the content.
    await asOwner(node.databaseUrl, (sql) => sql.query("DELETE FROM files WHERE id = $1", [id]));
    await store.remove({ organisationId: here.organisationId, hash });
    await asOwner(node.databaseUrl, (sql) =>
      sql.query("INSERT INTO file_contents (organisation_id, hash, bytes) VALUES ($1, 'begun', 5)", [
        here.organisationId,
      ]),
    );
    await remove();
    const { contents, files } = await count();
    expect(contents).toBe(files);
  });

  test("while the same content comes in again and again, none of it is lost", async () => {
    const own = await serve();
    const notes = text();
    let over = false;
    const removing = (async () => {
      while (!over) await remove();
    })();
    for (let round = 0; round < 20; round++) {
      const answer = await putFile(node, own.team, { ...notes, id: newClientId() });
      if (answer.status !== 200) continue;
      const clientId = newClientId();
      const file = JSON.parse(answer.text).file.id;
      const message = { conversationId: own.conversationId, clientId, text: "", file };
      const sent = await own.agent.request("message.send", message).then(
        () => true,
        () => false,
      );
      if (sent) expect((await getFile(node, own.team, file)).content.toString()).toBe(notes.content);
    }
    over = true;
    await removing;
    await eventually(async () => expect((await putFile(node, own.team, notes)).status).toBe(200));
  });
});
