import type { ErrorCode } from "@grata/contract/errors";
import { oldestRealtimeVersion, realtimeVersion } from "@grata/contract/realtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nothingWritten } from "../../testing/checks/mine.ts";
import { askRealtime, openRaw } from "../../testing/checks/raw.ts";
import {
  connectVisitor,
  makeUser,
  makeVisitor,
  newClientId,
  type TestVisitor,
} from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";
import { sentenceOf } from "../foundation/refusal/sentences.ts";

/** Who may connect, and what those who may not are told. */
let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let other: TestVisitor;
let token: string;

beforeAll(async () => {
  node = await startTestNode();
  place = await makeOrganisation(node);
  other = await connectVisitor(node, place.channelId);
  ({ token } = await makeVisitor(node, place.channelId));
});
afterAll(async () => {
  other.close();
  await node.stop();
});

/** The server's answer to a handshake: what it refuses with, or "connected". */
async function offer(auth: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const raw = await openRaw(node.url, undefined, headers);
  raw.send(auth === undefined ? "40" : `40${JSON.stringify(auth)}`);
  const answer = await raw.next("4");
  raw.close();
  if (answer.startsWith("40")) return "connected";
  return JSON.parse(answer.slice("44".length));
}

const refused = (code: ErrorCode, language: "en" | "zh-Hans" | "zh-Hant" = "en") => ({
  message: "refused",
  data: expect.objectContaining({ code, message: sentenceOf(code, language) }),
});
const good = () => ({ as: "visitor", version: realtimeVersion, channel: place.channelId, token });

describe("a handshake", () => {
  test("D1: in good order connects", async () => {
    expect(await offer(good())).toBe("connected");
  });

  test.each([
    ...[oldestRealtimeVersion - 1, realtimeVersion + 1, 0, -1, 1.5],
    ...[String(realtimeVersion), null, undefined, [realtimeVersion], 1e300],
  ])("D1: of version %s is told to reload, in its own language", async (version) => {
    expect(await offer({ ...good(), version, language: "zh-Hant" })).toEqual(
      refused("version_unknown", "zh-Hant"),
    );
  });

  test.each([
    ["a version alone", { version: realtimeVersion }],
    ["an unknown kind of client", { version: realtimeVersion, as: "admin" }],
    ["a visitor without a token", { version: realtimeVersion, as: "visitor", channel: newClientId() }],
    ["a channel that is no id", { version: realtimeVersion, as: "visitor", channel: "1", token: "x" }],
    [
      "a token of another type",
      { version: realtimeVersion, as: "visitor", channel: newClientId(), token: {} },
    ],
    [
      "a token of 101 characters",
      { ...{ version: realtimeVersion, as: "visitor" }, channel: newClientId(), token: "x".repeat(101) },
    ],
    ["an unknown language", { version: realtimeVersion, as: "user", language: "tlh" }],
  ])("D1: with %s is invalid", async (_name, auth) => {
    expect(await offer(auth)).toEqual(refused("request_invalid"));
  });

  test.each([
    ["an empty object", {}],
    ["nothing", undefined],
  ])("D1: that is %s is told to reload", async (_name, auth) =>
    expect(await offer(auth)).toEqual(refused("version_unknown")),
  );
});

describe("somebody whom we do not know", () => {
  const knocks: Record<string, () => object> = {
    "a visitor with an invented token": () => ({ ...good(), token: "x".repeat(43) }),
    "a visitor with an empty token": () => ({ ...good(), token: "" }),
    "a visitor of a channel that is not theirs": () => ({ ...good(), channel: newClientId() }),
    "a user without a session": () => ({ as: "user", version: realtimeVersion }),
  };
  test.each(Object.keys(knocks))(
    "D1: %s must sign in, and is told so in the handshake's language",
    async (name) => {
      const knock = knocks[name]?.();
      expect(await offer({ ...knock, language: "zh-Hans" }, { "accept-language": "zh-TW" })).toEqual(
        refused("sign_in_required", "zh-Hans"),
      );
    },
  );

  test("D1: is told so in the browser's language when the handshake names none", async () => {
    expect(await offer({ ...good(), token: "x" }, { "accept-language": "fr, zh-TW;q=0.5" })).toEqual(
      refused("sign_in_required", "zh-Hant"),
    );
  });

  test("A8: a session that ended, and a token in the place of a session, do not count (CVE-2026-28514)", async () => {
    const user = await makeUser(node, place.organisationId);
    const auth = { as: "user", version: realtimeVersion };
    expect(await offer(auth, { cookie: user.cookie })).toBe("connected");
    expect(await offer({ ...good(), token: user.cookie.slice("grata=".length) })).toEqual(
      refused("sign_in_required"),
    );
    expect(await offer(auth, { cookie: `grata=${token}` })).toEqual(refused("sign_in_required"));
    await fetch(`${node.url}/api/session`, { method: "DELETE", headers: { cookie: user.cookie } });
    expect(await offer(auth, { cookie: user.cookie })).toEqual(refused("sign_in_required"));
  });
});

describe("a page of another origin", () => {
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "c2l4dGVlbiBieXRlcyBvaw==",
  };
  const foreign = [
    ["another origin", { origin: "https://evil.example" }],
    ["our name with more behind it", { origin: "http://localhost.evil.example" }],
    ["another port of our name", { origin: "http://localhost:1" }],
    ["no origin that can be named", { origin: "null" }],
    ["an empty origin", { origin: "" }],
    ["the relation cross-site", { "sec-fetch-site": "cross-site" }],
    ["the relation same-site", { "sec-fetch-site": "same-site" }],
  ] as const;

  test.each(foreign)(
    "D1: with %s gets no connection, by either transport, and the code says why",
    async (_name, headers) => {
      for (const [transport, more] of [
        ["polling", {}],
        ["websocket", upgrade],
      ] as const) {
        const { status, body } = await askRealtime(node.url, { ...more, ...headers }, transport);
        expect([400, 403]).toContain(status);
        expect(body).toContain("origin_forbidden");
      }
      expect(await other.request("conversation.mine", {})).toEqual(nothingWritten);
    },
  );

  test("D1: our own pages, and programs that are no browser, get one", async () => {
    const { origin } = new URL(node.url);
    const ours: Record<string, string>[] = [
      { origin },
      { origin: origin.replace("localhost", "127.0.0.1") },
      {},
    ];
    for (const headers of ours) {
      expect((await askRealtime(node.url, headers)).status).toBe(200);
      expect((await askRealtime(node.url, { ...upgrade, ...headers }, "websocket")).status).toBe(101);
    }
  });
});
