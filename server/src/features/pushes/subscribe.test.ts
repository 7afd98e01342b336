import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { newSubscription } from "../../../testing/outside/push-box.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";
import { createPushServices } from "./services.ts";

let node: TestNode;
let organisationId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const own = "http://127.0.0.1:9";
let subscriptions = 0;
const newBody = () => newSubscription(`${own}/${++subscriptions}`).body;
const put = (cookie: string, body: unknown) => call(node, "PUT", "/api/push", { body, headers: { cookie } });
const isSubscribed = async (cookie: string) => {
  const answer = await call(node, "GET", "/api/push", { headers: { cookie } });
  return JSON.parse(answer.text).subscribed as boolean;
};
const stored = (endpoint: string) =>
  asOwner(node.databaseUrl, async (client) => {
    const { rows } = await client.query("SELECT FROM push_subscriptions WHERE endpoint = $1", [endpoint]);
    return rows.length;
  });

describe("C2: a browser that wants pop-ups when no console is open", () => {
  test("C2: is known from when it asks until it asks no more", async () => {
    const { cookie } = await makeUser(node, organisationId);
    expect(await isSubscribed(cookie)).toBe(false);
    expect((await put(cookie, newBody())).status).toBe(200);
    expect(await isSubscribed(cookie)).toBe(true);
    expect((await call(node, "DELETE", "/api/push", { headers: { cookie } })).status).toBe(200);
    expect(await isSubscribed(cookie)).toBe(false);
  });

  test("C2: gets one key of its organisation, the same each time, and no other organisation's", async () => {
    const elsewhere = await makeOrganisation(node, "Elsewhere");
    const keys = [];
    for (const organisation of [organisationId, organisationId, elsewhere.organisationId]) {
      const { cookie } = await makeUser(node, organisation);
      const answers = await Promise.all(
        [1, 2].map(() => call(node, "GET", "/api/push", { headers: { cookie } })),
      );
      keys.push(...answers.map(({ text }) => JSON.parse(text).key as string));
    }
    expect(new Set(keys.slice(0, 4)).size).toBe(1);
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^B[\w-]{86}$/);
    const sealed = await asOwner(node.databaseUrl, async (client) => {
      const { rows } = await client.query<{ private_key: string }>("SELECT private_key FROM push_keys");
      return rows.map(({ private_key }) => private_key);
    });
    for (const text of sealed) expect(text).toMatch(/^v1\./);
  });

  test("C2: is one browser, whoever signs in there next", async () => {
    const body = newBody();
    const [first, second] = [await makeUser(node, organisationId), await makeUser(node, organisationId)];
    await put(first.cookie, body);
    await put(second.cookie, body);
    expect([await isSubscribed(first.cookie), await isSubscribed(second.cookie)]).toEqual([false, true]);
  });

  test("C2: is one of ten of its user at most: then the one that asked first is told no more", async () => {
    const { email, cookie } = await makeUser(node, organisationId);
    await asOwner(node.databaseUrl, (client) => client.query("UPDATE organisations SET one_session = false"));
    const cookies = [cookie];
    while (cookies.length < 11) {
      const answer = await call(node, "POST", "/api/session", { body: { email, password } });
      cookies.push((answer.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "");
    }
    for (const one of cookies) expect((await put(one, newBody())).status).toBe(200);
    const states = await Promise.all(cookies.map(isSubscribed));
    expect(states).toEqual([false, ...Array.from({ length: 10 }, () => true)]);
  });
});

describe("C2: the subscription ends with its session", () => {
  async function subscribedUser() {
    const user = await makeUser(node, organisationId);
    const body = newBody();
    await put(user.cookie, body);
    expect(await stored(body.endpoint)).toBe(1);
    return { ...user, endpoint: body.endpoint };
  }
  async function secondSession(email: string) {
    await asOwner(node.databaseUrl, (client) => client.query("UPDATE organisations SET one_session = false"));
    const answer = await call(node, "POST", "/api/session", { body: { email, password } });
    return { cookie: (answer.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "" };
  }

  test("A8: by logging out", async () => {
    const { cookie, endpoint } = await subscribedUser();
    expect((await call(node, "DELETE", "/api/session", { headers: { cookie } })).status).toBe(200);
    expect(await stored(endpoint)).toBe(0);
  });

  test("A7: by a new password, of the other browsers", async () => {
    const { email, endpoint } = await subscribedUser();
    const headers = await secondSession(email);
    const body = { current: password, password: "another quiet teapot" };
    const answer = await call(node, "POST", "/api/session/password", { body, headers });
    expect(answer.status).toBe(200);
    expect(await stored(endpoint)).toBe(0);
  });

  test("A9: by being ended from another browser", async () => {
    const { email, endpoint } = await subscribedUser();
    const headers = await secondSession(email);
    expect((await call(node, "POST", "/api/sessions/end-others", { headers })).status).toBe(200);
    expect(await stored(endpoint)).toBe(0);
  });
});

describe("H3: an address that somebody made up", () => {
  test.each([
    "http://fcm.googleapis.com/fcm/send/x",
    "https://fcm.googleapis.com:8443/fcm/send/x",
    "https://somebody:secret@fcm.googleapis.com/fcm/send/x",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/?fcm.googleapis.com",
    "https://evil.example#.push.apple.com",
    "https://fcm.googleapis.com./x",
    "https://push.apple.com/x",
    "https://a.b.push.apple.com/x",
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://[::1]/x",
    "https://[::ffff:169.254.169.254]/x",
    "http://169.254.169.254/latest/meta-data",
    "https://localhost/x",
    "http://127.0.0.1:10/x",
    "https://127.0.0.1:9/x",
    "http://127.0.0.1:9@evil.example/x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "",
    "fcm.googleapis.com",
    `https://fcm.googleapis.com/${"x".repeat(1_000)}`,
  ])("H3: %s is refused", async (endpoint) => {
    const { cookie } = await makeUser(node, organisationId);
    const answer = await put(cookie, { ...newBody(), endpoint });
    expect([answer.status, failureIn(answer).code]).toEqual([400, "push_service_unknown"]);
    expect(await isSubscribed(cookie)).toBe(false);
  });

  test.each([
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://wns2-par02p.notify.windows.com/w/?token=abc",
    "https://web.push.apple.com/abc",
    "https://api.push.apple.com/abc",
  ])("C2: %s is one that a browser gives", (endpoint) => {
    expect(createPushServices([]).accept(endpoint)).toBe(true);
  });
});

describe("H3: keys that somebody made up", () => {
  const good = newSubscription(`${own}/keys`).body.keys;
  const offCurve = `${good.p256dh.slice(0, 40)}${good.p256dh[40] === "A" ? "B" : "A"}${good.p256dh.slice(41)}`;
  test.each([
    ["a point beside the curve", { ...good, p256dh: offCurve }],
    ["a compressed point", { ...good, p256dh: `A${good.p256dh.slice(1, 44)}` }],
    ["a point too long", { ...good, p256dh: `${good.p256dh}A` }],
    ["nothing", { p256dh: "", auth: "" }],
    ["a short secret", { ...good, auth: good.auth.slice(1) }],
    ["a long secret", { ...good, auth: `${good.auth}A` }],
    ["another alphabet", { ...good, auth: `+/${good.auth.slice(2)}` }],
  ])("H3: %s is refused", async (_what, keys) => {
    const { cookie } = await makeUser(node, organisationId);
    const answer = await put(cookie, { endpoint: `${own}/keys`, keys });
    expect([answer.status, failureIn(answer).code]).toEqual([400, "push_keys_invalid"]);
  });
});
