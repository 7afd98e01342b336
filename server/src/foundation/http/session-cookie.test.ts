import { describe, expect, onTestFinished, test } from "vitest";
import { call, cookiesIn } from "../../../testing/checks/http.ts";
import { connectUser, refusal } from "../../../testing/scenes/people.ts";
import { setUpWith, signInWith } from "../../../testing/scenes/set-up.ts";
import { makeOrganisation, password, startTestNode } from "../../../testing/servers/test-node.ts";

const plain = {
  name: "grata",
  attributes: { "max-age": String(14 * 24 * 3_600), path: "/", httponly: "", samesite: "Lax" },
};
const tied = { name: "__Host-grata", attributes: { ...plain.attributes, secure: "" } };

async function start(environment: Record<string, string>) {
  const node = await startTestNode({ environment });
  onTestFinished(() => node.stop());
  return node;
}

/** The one cookie that signing in sets. */
async function cookieOf(environment: Record<string, string>, headers: Record<string, string> = {}) {
  const node = await start(environment);
  const { email } = await makeOrganisation(node);
  const cookies = [...cookiesIn(await signInWith(node, email, password, headers)).values()];
  expect(cookies).toHaveLength(1);
  const [{ name, value, attributes } = { name: "", value: "", attributes: {} }] = cookies;
  return { node, header: `${name}=${value}`, cookie: { name, attributes } };
}

const status = async (node: { url: string }, cookie: string) =>
  (await call(node, "GET", "/api/session", { headers: { cookie } })).status;

const forwarded = { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7" };
const mixed = "http://localhost:3000,https://chat.example";

describe("the session's cookie", () => {
  test("A3: on plain http, for no script, no other site and no other host", async () => {
    const { node, header, cookie } = await cookieOf({});
    expect(cookie).toEqual(plain);
    expect(await status(node, header)).toBe(200);
  });

  test("A3: is tied to https and to one host where every entrance is https; no other one counts", async () => {
    const { node, header, cookie } = await cookieOf({ PUBLIC_URL: "https://chat.example" });
    expect(cookie).toEqual(tied);
    expect(await status(node, header)).toBe(200);
    const untied = header.replace("__Host-", "");
    expect(await status(node, untied)).toBe(401);
    expect(await refusal(connectUser(node, untied))).toBe("sign_in_required");
    const person = await connectUser(node, header);
    person.close();
  });

  test("A3: the set-up sets the same one", async () => {
    const node = await start({ PUBLIC_URL: "https://chat.example" });
    const { name, attributes } = cookiesIn(await setUpWith(node)).get("__Host-grata") ?? {};
    expect({ name, attributes }).toEqual(tied);
  });

  test("A3: with both kinds of entrance it follows what a trusted proxy says", async () => {
    const trusting = { PUBLIC_URL: mixed, TRUSTED_PROXIES: "127.0.0.1,::1" };
    expect((await cookieOf(trusting, forwarded)).cookie).toEqual(tied);
    expect((await cookieOf(trusting)).cookie).toEqual(plain);
  });

  test.each([
    ["nobody is trusted", { PUBLIC_URL: mixed }],
    ["somebody else is trusted", { PUBLIC_URL: mixed, TRUSTED_PROXIES: "10.0.0.0/8" }],
    ["there is only plain http", {}],
  ])("A3: forwarded headers mean nothing where %s", async (_where, environment) => {
    expect((await cookieOf(environment, forwarded)).cookie).toEqual(plain);
  });
});
