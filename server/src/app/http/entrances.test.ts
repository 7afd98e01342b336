import { describe, expect, onTestFinished, test } from "vitest";
import { call } from "../../../testing/checks/http.ts";
import { directivesOf } from "../../../testing/checks/policy.ts";
import { startTestNode } from "../../../testing/servers/test-node.ts";

async function start(PUBLIC_URL: string) {
  const node = await startTestNode({ environment: { PUBLIC_URL } });
  onTestFinished(() => node.stop());
  return node;
}

const [near, far] = ["https://chat.example", "https://chat.example.cn:8443"];

describe("A4: the entrances on the home page", () => {
  test("A4: each has its sign-in link, in every language, and its script may ask exactly these", async () => {
    const node = await start(`${near},${far},${near}`);
    for (const language of ["en", "zh-Hans", "zh-Hant"]) {
      const page = await call(node, "GET", `/?language=${language}`);
      const links = [...page.text.matchAll(/href="(https:[^"]+)"/g)].map(([, link]) => link);
      expect(links).toEqual([`${near}/sign-in`, `${far}/sign-in`]);
      expect(page.text).toContain("<bdi>chat.example.cn:8443</bdi>");
      expect(page.text).not.toMatch(/__[A-Z]+__|\{\{/);
      expect(directivesOf(page).get("connect-src")).toBe(`'self' ${near} ${far}`);
    }
    expect(directivesOf(await call(node, "GET", "/sign-in")).get("connect-src")).toBe("'self'");
  });

  test.each([
    ["one", near ?? ""],
    ["none", ""],
  ])("A4: with %s named there is nothing to choose and nothing to measure", async (_which, PUBLIC_URL) => {
    const page = await call(await start(PUBLIC_URL), "GET", "/");
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/class="entrances"|data-address/);
    expect(directivesOf(page).get("connect-src")).toBe("'self'");
  });
});

describe("A4: what the home page measures", () => {
  test("A4: the pages of our entrances may read the answer, nobody else's, and none with a cookie", async () => {
    const node = await start(`${near},${far}`);
    for (const [origin, allowed] of [
      [near, near],
      [far, far],
      ["https://evil.example", null],
      ["https://chat.example.evil.example", null],
      ["http://chat.example", null],
      ["null", null],
    ] as const) {
      const answer = await call(node, "GET", "/api/entrance", { headers: { origin: origin ?? "" } });
      expect([answer.status, answer.text]).toEqual([200, "{}"]);
      expect(answer.headers.get("access-control-allow-origin"), origin).toBe(allowed);
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("vary")).toBe("origin");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });
});
