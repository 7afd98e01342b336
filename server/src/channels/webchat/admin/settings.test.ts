import { type WebChatSettings, webChatList } from "@grata/contract/web-chat";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formsStored } from "../../../../testing/checks/contents.ts";
import { call, failureIn } from "../../../../testing/checks/http.ts";
import { directivesOf } from "../../../../testing/checks/policy.ts";
import { adminOf, makeSecret, readWebChat, set } from "../../../../testing/scenes/web-chats.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import { defaultSettings } from "../settings.ts";

let node: TestNode;
let channelId: string;
let admin: Record<string, string>;

beforeAll(async () => {
  node = await startTestNode();
  const place = await makeOrganisation(node, "Tea & Co");
  channelId = place.channelId;
  admin = await adminOf(node, place.organisationId);
});
afterAll(() => node.stop());

async function list() {
  const answer = await call(node, "GET", "/api/channels/web-chat", { headers: admin });
  return webChatList.parse(JSON.parse(answer.text)).channels;
}

describe("Channels > Web chat", () => {
  test("D1: the first one is there with what it is by default, and its one line", async () => {
    const [first] = await list();
    expect(first).toEqual({
      id: channelId,
      settings: { name: "Tea & Co", ...defaultSettings },
      snippet: `<script async src="${node.url}/webchat/${channelId}/loader.js"></script>`,
      secret: null,
    });
  });

  test("D1: a new one is made by its name, and everything of it can be set", async () => {
    const body = { name: "  Outlet " };
    const answer = await call(node, "POST", "/api/channels/web-chat", { body, headers: admin });
    const made = readWebChat(answer);
    expect(made.settings).toEqual({ name: "Outlet", ...defaultSettings });
    const texts = {
      ...defaultSettings.texts,
      "zh-Hant": { title: "您好", greeting: "<b>茶</b>", offline: "" },
    };
    const changed = {
      name: "Outlet 2",
      allowedOrigins: ["https://shop.example", "https://*.shop.example:8443"],
      colour: "#ff8800",
      position: "left",
      launcher: false,
      texts,
    } as const;
    const asTyped = { ...changed, allowedOrigins: [" HTTPS://Shop.example ", ...changed.allowedOrigins] };
    const saved = await set(node, admin, made.id, asTyped);
    expect(readWebChat(saved).settings).toEqual(changed);
    expect((await list()).find(({ id }) => id === made.id)?.settings).toEqual(changed);
  });

  test.each([
    ["allowedOrigins", ["https://shop.example/path"], "origin_invalid"],
    ["allowedOrigins", ["shop.example"], "origin_invalid"],
    ["allowedOrigins", ["ftp://shop.example"], "origin_invalid"],
    ["allowedOrigins", ["https://*"], "origin_invalid"],
    ["allowedOrigins", ["https://shop.example; script-src *"], "origin_invalid"],
    ["allowedOrigins", ["https://*.*.example"], "origin_invalid"],
    ["colour", "red", "colour_invalid"],
    ["colour", "#12345", "colour_invalid"],
    ["name", " ", "name_empty"],
    ["position", "top", "request_invalid"],
  ])("D1: %s cannot be %j", async (field, value, code) => {
    const answer = await set(node, admin, channelId, { [field]: value });
    expect(answer.status).toBe(400);
    expect(Object.entries(failureIn(answer).fields ?? {})).toEqual([
      [field, { code, message: expect.any(String) }],
    ]);
  });

  test("D1: texts of 500 characters and 50 sites are kept, and no more", async () => {
    const site = (number: number) => `https://shop${number}.example`;
    const sites = Array.from({ length: 50 }, (_, number) => site(number));
    const saying = (greeting: string) => ({
      texts: { ...defaultSettings.texts, en: { ...words, greeting } },
    });
    const words = { title: "", offline: "" };
    const cases: [Partial<WebChatSettings>, number][] = [
      [{ allowedOrigins: sites }, 200],
      [{ allowedOrigins: [...sites, site(50)] }, 400],
      [saying("x".repeat(500)), 200],
      [saying("x".repeat(501)), 400],
      [saying("x\0"), 400],
    ];
    for (const [wanted, status] of cases) {
      expect((await set(node, admin, channelId, wanted)).status).toBe(status);
    }
    expect((await set(node, admin, channelId, {})).status).toBe(200);
  });

  test("D1: thirty pages a minute are checked for one organisation, and no more", async () => {
    const check = () =>
      call(node, "POST", `/api/channels/web-chat/${channelId}/check`, {
        body: { url: "http://127.0.0.1:9/" },
        headers: admin,
      });
    const answers = await Promise.all(Array.from({ length: 30 }, check));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(failureIn(await check()).code).toBe("too_many_requests");
  });

  test("D1: a secret is shown once and never again", async () => {
    const { secret, channel } = await makeSecret(node, admin, channelId);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(channel.secret).toEqual({ madeAt: expect.any(Number), formerUntil: null });
    expect(JSON.stringify(await list())).not.toContain(secret);
    expect(await formsStored(node.databaseUrl, secret)).toEqual([]);
    const next = await makeSecret(node, admin, channelId);
    expect(next.channel.secret?.formerUntil).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect(next.channel.secret?.formerUntil).toBeLessThan(Date.now() + 25 * 3_600_000);
    expect((await makeSecret(node, admin, channelId, true)).channel.secret?.formerUntil).toBeNull();
  });
});

describe("what the settings do", () => {
  test("D1, H2: only listed sites may carry the window, and register visitors from it", async () => {
    const allowedOrigins = ["https://shop.example", "https://*.tea.example"];
    await set(node, admin, channelId, { allowedOrigins });
    const page = await call(node, "GET", `/webchat/${channelId}`);
    expect(directivesOf(page).get("frame-ancestors")).toBe(
      "'self' https://shop.example https://*.tea.example",
    );
    const from = async (embedder?: string) =>
      (await call(node, "POST", `/api/webchat/${channelId}/visitors`, { body: { embedder } })).status;
    for (const origin of ["https://shop.example", "https://a.b.tea.example", node.url, undefined]) {
      expect(await from(origin), origin).toBe(200);
    }
    for (const origin of [
      "https://evil.example",
      "https://shop.example.evil.example",
      "http://shop.example",
      "https://tea.example",
      "https://.tea.example",
      "null",
      "",
    ]) {
      expect(await from(origin), origin).toBe(403);
    }
    await set(node, admin, channelId, { allowedOrigins: [] });
    expect(directivesOf(await call(node, "GET", `/webchat/${channelId}`)).get("frame-ancestors")).toBe("*");
    expect(await from("https://evil.example")).toBe(200);
  });

  test("D1: the loader carries them, may be kept a while, and is asked for cheaply", async () => {
    await set(node, admin, channelId, { colour: "#123456", position: "left", launcher: false });
    const path = `/webchat/${channelId}/loader.js`;
    const loader = await call(node, "GET", path);
    expect(loader.headers.get("cache-control")).toMatch(/^public, max-age=300/);
    expect(loader.text).toContain('"colour":"#123456","position":"left","launcher":false');
    const etag = loader.headers.get("etag") ?? "";
    const again = await call(node, "GET", path, { headers: { "if-none-match": etag } });
    expect([again.status, again.text]).toEqual([304, ""]);
    await set(node, admin, channelId, {});
    const changed = await call(node, "GET", path, { headers: { "if-none-match": etag } });
    expect(changed.status).toBe(200);
  });

  test("D1: the window carries its texts, in which nothing is markup or a placeholder", async () => {
    const greeting = `"><script>alert(1)</script> __CSP_NONCE__ $& \u202e`;
    const texts = { ...defaultSettings.texts, en: { title: "", greeting, offline: "" } };
    await set(node, admin, channelId, { texts });
    const { text } = await call(node, "GET", `/webchat/${channelId}`);
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("__CSP_NONCE__ $&#38; \u202e");
  });
});
