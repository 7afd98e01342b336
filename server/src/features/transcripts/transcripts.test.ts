import { transcript } from "@grata/contract/transcripts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { openSql } from "../../../testing/checks/stored.ts";
import { makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { uploadFile } from "../../../testing/scenes/files.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let sql: Awaited<ReturnType<typeof openSql>>;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let chat: Awaited<ReturnType<typeof makeServed>>;

const hostile = `<img src=x onerror="alert(1)">`;
const formula = '=HYPERLINK("http://bad.example","x")';

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  desk = await makeDesk(node);
  chat = await makeServed(node, desk.channelId, desk.agent, `Mei ${hostile}`);
  const { visitor, conversationId } = chat;
  const say = (text: string, file?: string) =>
    visitor.request("message.send", { conversationId, clientId: newClientId(), text, ...(file && { file }) });
  await say(`${formula}, with "quotes"\nand a second line ${hostile}`);
  const holder = { token: visitor.token, channelId: desk.channelId };
  const file = await uploadFile(node, holder, { name: "order & <invoice>.txt", content: "x".repeat(2_400) });
  await say("", file.id);
  await desk.agent.request("message.send", {
    conversationId,
    clientId: newClientId(),
    text: "你好，马上处理",
  });
  // The identity that the customer saw, and a line for the team only.
  await sql.query(
    `UPDATE entries SET author_name = 'Support "Desk"' WHERE conversation_id = $1 AND author_kind = 'user'
       AND occurrence ->> 'kind' = 'message'`,
    [conversationId],
  );
  await desk.agent.request("message.send", { conversationId, clientId: newClientId(), text: "He is angry" });
  await sql.query(
    "UPDATE entries SET audience = 'team' WHERE conversation_id = $1 AND occurrence ->> 'text' = 'He is angry'",
    [conversationId],
  );
  await sql.query("UPDATE entries SET at = '2026-03-01T18:30:05Z' WHERE conversation_id = $1", [
    conversationId,
  ]);
  await sql.query("UPDATE conversations SET opened_at = '2026-03-01T18:30:05Z' WHERE id = $1", [
    conversationId,
  ]);
  await sql.query("UPDATE users SET name = 'Mei Lin' WHERE id = $1", [desk.agent.userId]);
});
afterAll(async () => {
  desk.close();
  await sql.end();
  await node.stop();
});

const get = (query: string, { cookie } = desk.agent, conversationId = chat.conversationId) =>
  call(node, "GET", `/api/conversations/${conversationId}/transcript?${query}`, { headers: { cookie } });

describe("F4, B11: a transcript", () => {
  test("F4: is a file to be saved, under a safe name, in which nothing runs", async () => {
    for (const [format, type] of [
      ["html", "text/html; charset=utf-8"],
      ["json", "application/json; charset=utf-8"],
      ["csv", "text/csv; charset=utf-8"],
    ]) {
      const { status, headers } = await get(`format=${format}&timeZone=Asia/Shanghai`);
      const reference = chat.customerId.slice(-4).toUpperCase();
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe(type);
      expect(headers.get("content-disposition")).toBe(
        `attachment; filename=chat-${reference}-2026-03-02.${format}`,
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; frame-ancestors 'none'; sandbox",
      );
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  test("B11: as JSON has the form of the contract: who really wrote, under which name, when by that clock", async () => {
    const answer = await get("format=json&timeZone=Asia/Shanghai");
    const { conversation, entries } = transcript.parse(JSON.parse(answer.text));
    expect(conversation).toMatchObject({
      id: chat.conversationId,
      customer: { name: `Mei ${hostile}` },
      servedBy: "Mei Lin",
      timeZone: "Asia/Shanghai",
      opened: { time: "2026-03-02T02:30:05+08:00" },
    });
    expect(entries.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual([
      "1 message",
      "2 claimed",
      "3 message",
      "4 message",
      "5 message",
      "6 message",
    ]);
    expect(entries[2]).toMatchObject({
      text: `${formula}, with "quotes"\nand a second line ${hostile}`,
      author: { kind: "customer", name: `Mei ${hostile}`, shownAs: null },
      time: "2026-03-02T02:30:05+08:00",
      audience: "everybody",
    });
    expect(entries[3]?.file).toMatchObject({ kind: "file", name: "order & <invoice>.txt", bytes: 2_400 });
    expect(entries[4]?.author).toEqual({
      kind: "user",
      name: "Mei Lin",
      shownAs: 'Support "Desk"',
      userId: desk.agent.userId,
    });
    expect(entries[5]?.audience).toBe("team");
  });

  test("F4: as a page escapes what people wrote, and says who, what and for whom in the language asked for", async () => {
    const { text } = await get("format=html&language=zh-Hant&timeZone=Asia/Taipei");
    expect(text).not.toContain("<img");
    expect(text).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(text).toContain('<html lang="zh-Hant">');
    expect(text).toContain("Mei Lin</bdi> (對客戶顯示為 <bdi>Support &quot;Desk&quot;</bdi>)");
    expect(text).toContain("僅團隊可見");
    expect(text).toContain("order &amp; &lt;invoice&gt;.txt");
    expect(text).toMatch(/2\.4/);
    expect(text).toContain("2026年3月2日");
    expect(text).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src/);
    expect(text).not.toMatch(/<script|src=["']?http|@import|url\(/i);
  });

  test("F4: as a table is UTF-8 with its mark, quoted, and no cell of it is calculated", async () => {
    const { text } = await get("format=csv&language=en&timeZone=UTC");
    const raw = await fetch(`${node.url}/api/conversations/${chat.conversationId}/transcript?format=csv`, {
      headers: { cookie: desk.agent.cookie },
    });
    expect(Buffer.from(await raw.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(text).toContain(
      '"Number","Time","Side","Author","Shown as","Audience","Text","File","Kind of file","Bytes"\r\n',
    );
    expect(text).toContain(`"'=HYPERLINK(""http://bad.example"",""x""), with ""quotes""\nand a second line`);
    expect(text).toContain(
      '"5","2026-03-01T18:30:05+00:00","Team","Mei Lin","Support ""Desk""","","你好，马上处理","","",""\r\n',
    );
    expect(text).toContain('"Only the team saw this","He is angry"');
    expect(text).toContain('"order & <invoice>.txt","File","2400"');
    expect(text).toContain('"Mei Lin took the chat"');
  });

  test("F4: is read in pages: a long one comes whole", async () => {
    const { conversationId } = await makeServed(node, desk.channelId, desk.agent);
    await sql.query(
      `INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, audience, occurrence, delivery, at)
       SELECT $1, $2, n, 'customer', 'everybody', json_build_object('kind', 'message', 'text', 'word ' || n), 'none', now()
       FROM generate_series(3, 1003) n`,
      [desk.organisationId, conversationId],
    );
    await sql.query("UPDATE conversations SET head = 1003 WHERE id = $1", [conversationId]);
    const { entries } = transcript.parse(
      JSON.parse((await get("format=json", desk.agent, conversationId)).text),
    );
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 1003 }, (_, index) => index + 1));
    expect((await get("format=csv", desk.agent, conversationId)).text.match(/word \d+/g)).toHaveLength(1001);
  });

  test.each([
    ["format=pdf", "format"],
    ["", "format"],
    ["format=html&language=tlh", "language"],
    ["format=html&timeZone=Mars/Olympus", "timeZone"],
    ["format=html&timeZone=%2B08:00", "timeZone"],
  ])("F4: %j is refused", async (query, field) => {
    const answer = await get(query);
    expect([answer.status, Object.keys(failureIn(answer).fields ?? {})]).toEqual([400, [field]]);
  });

  test("F4: is for whoever may read the chat", async () => {
    expect((await get("format=json", desk.admin)).status).toBe(200);
    expect(failureIn(await get("format=json", desk.colleague)).code).toBe("conversation_unknown");
    const elsewhere = await makeDesk(node, "Elsewhere");
    expect(failureIn(await get("format=json", elsewhere.admin)).code).toBe("conversation_unknown");
    elsewhere.close();
  });
});
