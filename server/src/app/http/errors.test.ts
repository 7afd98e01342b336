import type { languages } from "@grata/contract/languages";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectHttpFailure, marker } from "../../../testing/checks/expect-failure.ts";
import { call, callExactly, failureIn } from "../../../testing/checks/http.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { sentenceOf } from "../../foundation/refusal/sentences.ts";

let node: TestNode;
let cookie: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ cookie } = await makeUser(node, (await makeOrganisation(node)).organisationId));
});
afterAll(() => node.stop());

describe("a request to nowhere", () => {
  test.each([
    "/nowhere",
    "/api",
    "/api/nowhere",
    "/api/session/1",
    "/.git/config",
    "/data",
    "/console/../api/x",
  ])("H1: %s is not known, by any method", async (path) => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      expectHttpFailure(await call(node, method, `${path}?${marker}`), 404, ["route_unknown"], method);
    }
  });

  test("H1: a known address by another method is not known", async () => {
    expectHttpFailure(await call(node, "PUT", "/api/session", { body: {} }), 404, ["route_unknown"]);
    expectHttpFailure(await call(node, "GET", "/api/set-up"), 404, ["route_unknown"]);
  });

  test("A3, A4: somebody who opens it reads so on a page in their language, with a way out", async () => {
    for (const [path, status, code] of [
      ["/nowhere", 404, "route_unknown"],
      ["/not_a-name.of anybody/recover", 404, "route_unknown"],
      ["/data/x", 404, "route_unknown"],
      [`/webchat/${crypto.randomUUID()}`, 404, "channel_unknown"],
    ] as const) {
      const headers = { accept: "text/html,*/*;q=0.8", "accept-language": "zh-TW" };
      const answer = await call(node, "GET", encodeURI(path), { headers });
      expect(answer.status, path).toBe(status);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("x-frame-options")).toBe("DENY");
      expect(answer.text).toContain('<html lang="zh-Hant">');
      expect(answer.text).toContain(sentenceOf(code, "zh-Hant"));
      expect(answer.text).toContain('href="/sign-in"');
      expect(answer.text).not.toMatch(/__[A-Z_]+__|\{\{/);
    }
    const asked = await call(node, "GET", "/api/nowhere", { headers: { accept: "text/html" } });
    expectHttpFailure(asked, 404, ["route_unknown"]);
  });

  test.each(["/%", "/%ff", "/%00", "/a%2", "/webchat/%", "/assets/console/%c0%ae"])(
    "H1: the address %s, which cannot be read, is not known either",
    async (path) => {
      expectHttpFailure(await callExactly(node, "GET", path), 404, ["route_unknown"]);
    },
  );

  test("H1: a very long address is refused as any other", async () => {
    const long = marker.repeat(1_000);
    expectHttpFailure(await callExactly(node, "GET", `/${long}`), 404, ["route_unknown"]);
    expectHttpFailure(await callExactly(node, "GET", `/webchat/${long}`), 400, ["request_invalid"]);
    expectHttpFailure(await callExactly(node, "GET", `/assets/console/${long}`), 404, ["route_unknown"]);
  });

  test.each(["TRACE", "PROPFIND", "LOCK", "PURGE"])(
    "H1: the method %s is refused, and echoes nothing",
    async (method) => {
      const answer = await callExactly(node, method, "/sign-in", { "x-secret": marker });
      expect([400, 404, 405]).toContain(answer.status);
      expect(answer.text).not.toContain(marker);
    },
  );

  test.each(["not-a-uuid", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --", "%00"])(
    "D1: the web chat %s does not exist",
    async (id) => {
      const path = `/webchat/${encodeURIComponent(id)}`;
      for (const answer of [
        await callExactly(node, "GET", path),
        await call(node, "POST", `/api${path}/visitors`, { body: {} }),
      ]) {
        expectHttpFailure(answer, answer.status, ["channel_unknown", "request_invalid"]);
        expect([400, 404]).toContain(answer.status);
      }
    },
  );
});

describe("the sentence of a failure", () => {
  const wishes: [header: string, language: (typeof languages)[number]][] = [
    ["en-GB,en;q=0.9", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"],
    ["zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["fr,de;q=0.5", "en"],
    [`${marker};q=x`, "en"],
  ];
  test.each(wishes)("A3: to a reader who asks for %s is in %s", async (header, language) => {
    const answer = await call(node, "GET", "/api/session", { headers: { "accept-language": header } });
    expect(failureIn(answer)).toEqual({
      code: "sign_in_required",
      message: sentenceOf("sign_in_required", language),
    });
  });

  test("A3: to somebody who is signed in is in their own language", async () => {
    const answer = await call(node, "POST", "/api/session", {
      body: { email: "nobody@example.test", password: "not this one at all" },
      headers: { cookie, "accept-language": "zh-TW" },
    });
    expect(failureIn(answer).message).toBe(sentenceOf("credentials_wrong", "en"));
  });
});
