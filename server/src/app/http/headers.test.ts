import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { call, callExactly, type HttpAnswer } from "../../../testing/checks/http.ts";
import { directivesOf } from "../../../testing/checks/policy.ts";
import { builtAssets } from "../../../testing/servers/assets.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let channelId: string;
let assets: string[];

beforeAll(async () => {
  node = await startTestNode();
  ({ channelId } = await makeOrganisation(node));
  assets = [...(await builtAssets("console")), ...(await builtAssets("widget"))];
});
afterAll(() => node.stop());

type Ask = (at: { url: string }) => Promise<HttpAnswer>;
const get =
  (path: () => string): Ask =>
  (at) =>
    call(at, "GET", path());

/** One answer of every kind. */
const answers: Record<string, Ask> = {
  "a page": get(() => "/sign-in"),
  "the chat window": get(() => `/webchat/${channelId}`),
  "the loader": get(() => `/webchat/${channelId}/loader.js`),
  "an asset": get(() => assets[0] ?? ""),
  "what is well": get(() => "/healthz"),
  "a failure of an action": get(() => "/api/session"),
  "a failure of the router": get(() => "/nowhere"),
  "a failure of the router with an address that cannot be read": (at) => callExactly(at, "GET", "/%"),
  "a wrong body": (at) => call(at, "POST", "/api/session", { body: {} }),
  "a body that is too large": (at) => call(at, "POST", "/api/session", { raw: " ".repeat(130_000) }),
  "a foreign origin": (at) => call(at, "POST", "/api/session", { headers: { origin: "null" } }),
  "a new visitor": (at) => call(at, "POST", `/api/webchat/${channelId}/visitors`, { body: {} }),
};

describe("every answer", () => {
  test.each(Object.keys(answers))("A3, D1: %s has the headers that keep a browser careful", async (kind) => {
    const answer = await (answers[kind] ?? get(() => ""))(node);
    const directives = directivesOf(answer);
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("base-uri")).toBe("'none'");
    expect(directives.get("form-action")).toBe("'none'");
    expect(directives.get("frame-ancestors")).toBe(kind === "the chat window" ? "*" : "'none'");
    expect([...directives.values()].join(" ")).not.toContain("unsafe");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("strict-transport-security")).toBeNull();
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("server")).toBeNull();
    const shared = kind === "the loader";
    expect(answer.headers.get("cross-origin-resource-policy")).toBe(shared ? "cross-origin" : "same-origin");
    expect(answer.headers.get("access-control-allow-origin")).toBe(shared ? "*" : null);
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    const kept = shared || kind === "an asset";
    if (!kept) expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("A3: another site may not read an answer, whatever it asks for", async () => {
    for (const method of ["GET", "OPTIONS"]) {
      const headers = { origin: "https://evil.example", "access-control-request-method": "DELETE" };
      const answer = await call(node, method, "/api/session", { headers });
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  test.each([
    ["https entrances only", "https://chat.example,https://other.example", "max-age=31536000"],
    ["a plain http entrance", "https://chat.example,http://localhost:3000", null],
  ])("A3: with %s: HSTS accordingly", async (_which, PUBLIC_URL, expected) => {
    const behind = await startTestNode({ environment: { PUBLIC_URL } });
    onTestFinished(() => behind.stop());
    for (const path of ["/sign-in", "/api/session", "/nowhere"]) {
      const answer = await call(behind, "GET", path);
      expect(answer.headers.get("strict-transport-security"), path).toBe(expected);
    }
  });
});

describe("what pages load", () => {
  test("A3, D1: each built asset is there, for good, because its name tells its content", async () => {
    for (const workspace of ["console", "widget"] as const) {
      expect(await builtAssets(workspace)).not.toEqual([]);
    }
    for (const path of assets) {
      const answer = await call(node, "GET", path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get("cache-control"), path).toBe("public, max-age=31536000, immutable");
      const type = answer.headers.get("content-type") ?? "";
      if (path.endsWith(".js")) expect(type).toBe("application/javascript; charset=utf-8");
      if (path.endsWith(".css")) expect(type).toBe("text/css; charset=utf-8");
    }
  });

  test("D1: the loader is a script for any page, kept for five minutes", async () => {
    const headers = { origin: "https://shop.example" };
    const answer = await call(node, "GET", `/webchat/${channelId}/loader.js`, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300, stale-while-revalidate=86400");
  });

  const outside = [
    "/assets/console/../../../package.json",
    "/assets/console/..%2f..%2f..%2fpackage.json",
    "/assets/console/..%2F..%2Findex.html",
    "/assets/console/%2e%2e%2f%2e%2e%2findex.html",
    "/assets/console/..%5c..%5cindex.html",
    "/assets/widget/..%2fframe.html",
    "/assets/console/%2fetc%2fpasswd",
    "/assets/console//etc/passwd",
    "/assets/console/%00",
    "/assets/console/.",
    "/assets/console/..",
    "/assets/console/",
    "/webchat/../../../package.json",
    "/assets/%2e%2e/console/index.html",
    "/console/dist/index.html?../../package.json",
    "//package.json",
    "/.git/config",
    "/data/postgres-password",
    "/server/dist/main.js",
  ];
  test.each(outside)("A3: %s leads nowhere outside of what was built", async (path) => {
    const answer = await callExactly(node, "GET", path);
    if (answer.status === 200) expect(answer.text).toContain('<div id="root">');
    else expect([400, 403, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/"workspaces"|root:|\[core\]|__CSP_NONCE__/);
  });
});
