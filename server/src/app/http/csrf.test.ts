import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { acceptedBodies } from "../../../testing/checks/bodies.ts";
import { contentsOf } from "../../../testing/checks/contents.ts";
import { call, callExactly, failureIn } from "../../../testing/checks/http.ts";
import { askRealtime } from "../../../testing/checks/raw.ts";
import { addressOf, isSafe, type Route, routesOf } from "../../../testing/checks/route-list.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let routes: Route[];
let cookie: string;
let channelId: string;

beforeAll(async () => {
  node = await startTestNode();
  routes = await routesOf(node);
  const organisation = await makeOrganisation(node);
  channelId = organisation.channelId;
  ({ cookie } = await makeUser(node, organisation.organisationId));
});
afterAll(() => node.stop());

const port = () => new URL(node.url).port;

/** What browsers and others say of where a request comes from, when it does not come from us. */
const foreign: Record<string, () => Record<string, string>> = {
  "another site": () => ({ origin: "https://evil.example" }),
  "a sandboxed frame or a file": () => ({ origin: "null" }),
  "another port of this host": () => ({ origin: "http://localhost:1" }),
  "this host by another scheme": () => ({ origin: `https://localhost:${port()}` }),
  "a name that begins like ours": () => ({ origin: `http://localhost:${port()}.evil.example` }),
  "a user name that looks like our host": () => ({ origin: `http://localhost:${port()}@evil.example` }),
  "another site, by Fetch Metadata": () => ({ "sec-fetch-site": "cross-site" }),
  "another host of the same site": () => ({ "sec-fetch-site": "same-site" }),
  "another site that says it is us": () => ({
    origin: "https://evil.example",
    "sec-fetch-site": "same-origin",
  }),
  "another site by its own name in Host": () => ({ origin: "https://evil.example", host: "evil.example" }),
  "another site by a proxy that nobody trusts": () => ({
    origin: "https://evil.example",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
  }),
};
const own: Record<string, () => Record<string, string>> = {
  "this machine by name": () => ({ origin: `http://localhost:${port()}` }),
  "this machine by address": () => ({ origin: `http://127.0.0.1:${port()}` }),
  "this machine by its other address": () => ({ origin: `http://[::1]:${port()}` }),
  "our own page, by Fetch Metadata": () => ({ "sec-fetch-site": "same-origin" }),
  "the address bar": () => ({ "sec-fetch-site": "none" }),
  "no browser": () => ({}),
};

const unsafe = () => routes.filter((route) => !isSafe(route.method));

/** Asks a route as a signed-in browser would, with a body that it accepts; tells the code of the failure, if any. */
async function ask({ method, url }: Route, headers: Record<string, string>) {
  const path = addressOf(url, { channelId });
  const { host, ...rest } = headers;
  if (host !== undefined)
    return failureIn(await callExactly(node, method, path, { ...headers, cookie })).code;
  const body = acceptedBodies[`${method} ${url}`];
  const answer = await call(node, method, path, { ...(body && { body }), headers: { ...rest, cookie } });
  return answer.status < 300 ? null : failureIn(answer).code;
}

describe("a request that changes something", () => {
  test.each(Object.keys(foreign))("A3, A8, D1: from %s is refused on every route", async (where) => {
    const before = await contentsOf(node.databaseUrl);
    expect(unsafe().length).toBeGreaterThan(3);
    for (const route of unsafe()) {
      const code = await ask(route, foreign[where]?.() ?? {});
      expect(code, `${route.method} ${route.url}`).toBe("origin_forbidden");
    }
    expect(await contentsOf(node.databaseUrl)).toEqual(before);
  });

  test.each(Object.keys(own))("A3, D1: from %s is heard on every route", async (where) => {
    for (const route of unsafe().filter(({ method }) => method !== "DELETE")) {
      const code = await ask(route, own[where]?.() ?? {});
      expect(code, `${route.method} ${route.url}`).not.toBe("origin_forbidden");
    }
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])(
    "A3, D1: as a form of another page could send it (%s) is not understood",
    async (type) => {
      const before = await contentsOf(node.databaseUrl);
      for (const { method, url } of unsafe().filter((route) => route.body !== undefined)) {
        const raw = JSON.stringify(acceptedBodies[`${method} ${url}`]);
        const headers = { "content-type": type, cookie };
        const answer = await call(node, method, addressOf(url, { channelId }), { raw, headers });
        expect(["request_not_json", "request_invalid"], url).toContain(failureIn(answer).code);
      }
      expect(await contentsOf(node.databaseUrl)).toEqual(before);
    },
  );
});

describe("a socket", () => {
  const transports = ["websocket", "polling"] as const;
  const opened = { websocket: 101, polling: 200 };
  // To an upgrade engine.io says nothing finer than 400.
  const refused = { websocket: 400, polling: 403 };

  test.each(Object.keys(foreign))("A3: is not opened from %s", async (where) => {
    for (const transport of transports) {
      const headers = { ...foreign[where]?.(), cookie };
      const { status } = await askRealtime(node.url, wanted(transport, headers), transport);
      expect(status, transport).toBe(refused[transport]);
    }
  });

  test.each(Object.keys(own))("A3: is opened from %s", async (where) => {
    for (const transport of transports) {
      const headers = { ...own[where]?.(), cookie };
      const { status } = await askRealtime(node.url, wanted(transport, headers), transport);
      expect(status, transport).toBe(opened[transport]);
    }
  });

  function wanted(transport: (typeof transports)[number], headers: Record<string, string>) {
    if (transport === "polling") return headers;
    const key = Buffer.from("sixteen bytes ok").toString("base64");
    const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
    return { ...headers, ...upgrade, "sec-websocket-key": key };
  }
});

test("A3: with PUBLIC_URL exactly the listed addresses are ours", async () => {
  const PUBLIC_URL = "https://chat.example,https://other.example:8443";
  const behind = await startTestNode({ environment: { PUBLIC_URL } });
  onTestFinished(() => behind.stop());
  const codeFrom = async (origin: string) =>
    failureIn(await call(behind, "DELETE", "/api/session", { headers: { origin } })).code;
  for (const origin of ["https://chat.example", "https://other.example:8443"]) {
    expect(await codeFrom(origin)).toBe("sign_in_required");
    expect((await askRealtime(behind.url, { origin })).status).toBe(200);
  }
  for (const origin of [
    behind.url,
    "https://other.example",
    "http://chat.example",
    "https://chat.example.",
  ]) {
    expect(await codeFrom(origin), origin).toBe("origin_forbidden");
    expect((await askRealtime(behind.url, { origin })).status).toBe(403);
  }
});

describe("a request that changes nothing", () => {
  test("A3, H1: GET, HEAD and OPTIONS change nothing, on any route, whatever they pretend to be", async () => {
    const before = await contentsOf(node.databaseUrl);
    const pretending = { "x-http-method-override": "DELETE", "x-method-override": "DELETE", cookie };
    for (const url of new Set(routes.map((route) => route.url))) {
      for (const method of ["GET", "HEAD", "OPTIONS"]) {
        const path = addressOf(url, { channelId });
        const answer = await call(node, method, `${path}?_method=DELETE`, { headers: pretending });
        expect(answer.status, `${method} ${url}`).toBeLessThan(500);
      }
    }
    expect(await contentsOf(node.databaseUrl)).toEqual(before);
  });
});
