import { expect, onTestFinished, test } from "vitest";
import { failureOf } from "../../testing/checks/refusals.ts";
import { openSql } from "../../testing/checks/stored.ts";
import { connectVisitor, newClientId } from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode } from "../../testing/servers/test-node.ts";
import { sentenceOf } from "../foundation/refusal/sentences.ts";

test("C4: a fault of ours is told in one fixed sentence, without a word of what it was, and the next request works", async () => {
  const node = await startTestNode();
  const sql = await openSql(node.databaseUrl);
  onTestFinished(async () => {
    await sql.end();
    await node.stop();
  });
  const { channelId } = await makeOrganisation(node);
  const visitor = await connectVisitor(node, channelId);
  const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  const conversationId = opened.conversation.id;
  const read = () => visitor.request("conversation.read", { conversationId, seq: 1 });
  const send = () => visitor.request("message.send", { conversationId, clientId: newClientId(), text: "Hi" });

  await sql.query("ALTER TABLE read_marks RENAME TO gone; ALTER TABLE entries RENAME TO gone_too");
  for (const ask of [read, send]) {
    expect(await failureOf(ask())).toEqual({ code: "internal", message: sentenceOf("internal", "en") });
  }
  await sql.query("ALTER TABLE gone RENAME TO read_marks; ALTER TABLE gone_too RENAME TO entries");
  expect(await read()).toEqual({});
  expect(await send()).toMatchObject({ seq: 2 });
  visitor.close();
});
