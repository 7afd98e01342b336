import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../../../testing/checks/http.ts";
import { directivesOf } from "../../../testing/checks/policy.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let channelId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ channelId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const consolePages = [
  "/",
  "/sign-in",
  "/set-up",
  "/invitation",
  "/recover",
  "/recover/password",
  "/console",
  "/console/conversations/1?x=1",
  "/try",
];
const frame = () => `/webchat/${channelId}`;
const pages = () => [...consolePages, frame()];
const get = (path: string) => call(node, "GET", path);

describe("a page", () => {
  test("A3, D1: is there, as HTML in UTF-8 that nobody keeps", async () => {
    for (const path of pages()) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("A3, D1: runs only what carries the nonce of this very answer", async () => {
    const nonces: string[] = [];
    for (const path of [...pages(), ...pages()]) {
      const answer = await get(path);
      const directives = directivesOf(answer);
      const [, nonce = ""] =
        /^'nonce-([\w+/=]+)' 'strict-dynamic'$/.exec(directives.get("script-src") ?? "") ?? [];
      expect(Buffer.from(nonce, "base64").length, path).toBeGreaterThanOrEqual(16);
      expect(directives.get("style-src")).toBe(`'self' 'nonce-${nonce}'`);
      nonces.push(nonce);
      const loading =
        answer.text.match(/<(script|style|link[^>]*rel="(stylesheet|modulepreload)")[^>]*>/g) ?? [];
      expect(loading.length, path).toBeGreaterThan(0);
      for (const tag of loading) expect(tag, path).toContain(`nonce="${nonce}"`);
      expect(answer.text, path).not.toMatch(/\son\w+=|\sstyle=|javascript:|__CSP_NONCE__|__CHANNEL__/);
    }
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  test("A3, D1: loads nothing from elsewhere, and nothing without a nonce", async () => {
    for (const path of pages()) {
      const directives = directivesOf(await get(path));
      expect(directives.get("default-src"), path).toBe("'none'");
      for (const name of ["object-src", "base-uri", "form-action"])
        expect(directives.get(name)).toBe("'none'");
      for (const name of ["connect-src", "font-src", "frame-src", "manifest-src"]) {
        expect(directives.get(name)).toBe("'self'");
      }
      expect(directives.get("img-src")).toBe("'self' data: blob:");
      expect(directives.get("media-src")).toBe("'self' blob:");
      const everything = [...directives.values()].join(" ");
      expect(everything).not.toMatch(/unsafe-|http/);
    }
  });

  test("A3: of the console is shown in nobody's frame", async () => {
    for (const path of consolePages) {
      const answer = await get(path);
      expect(directivesOf(answer).get("frame-ancestors"), path).toBe("'none'");
      expect(answer.headers.get("x-frame-options")).toBe("DENY");
      expect(answer.headers.get("permissions-policy"), path).toBe(
        "camera=(), geolocation=(), microphone=(self)",
      );
    }
  });

  test("D1: of the chat window may stand in a shop's page, with the microphone and nothing more", async () => {
    const answer = await get(frame());
    expect(directivesOf(answer).get("frame-ancestors")).toBe("*");
    expect(answer.headers.get("x-frame-options")).toBeNull();
    expect(answer.headers.get("permissions-policy")).toBe("camera=(), geolocation=(), microphone=(self)");
  });

  test("D1: to try the chat carries the snippet of the installation's first web chat", async () => {
    expect((await get("/try")).text).toContain(channelId);
  });

  test("A3: at the root is the home page, in the reader's language or the one they choose", async () => {
    const languageOf = async (path: string, accepted: string) => {
      const { text } = await call(node, "GET", path, { headers: { "accept-language": accepted } });
      return /<html lang="([^"]+)"/.exec(text)?.[1];
    };
    expect(await languageOf("/", "en-GB")).toBe("en");
    expect(await languageOf("/", "zh-TW, en;q=0.5")).toBe("zh-Hant");
    expect(await languageOf("/?language=zh-Hans", "en")).toBe("zh-Hans");
    expect(await languageOf("/?language=xx", "zh-CN")).toBe("zh-Hans");
  });
});
