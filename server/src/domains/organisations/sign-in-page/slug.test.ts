import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, cookiesIn, failureIn } from "../../../../testing/checks/http.ts";
import { routesOf } from "../../../../testing/checks/route-list.ts";
import { entranceIn } from "../../../../testing/scenes/own-entrances.ts";
import { makeUser } from "../../../../testing/scenes/people.ts";
import { auditOf, makeTeam, outcomeIn, sqlOn } from "../../../../testing/scenes/team.ts";
import { password, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let team: Awaited<ReturnType<typeof makeTeam>>;
let others: Awaited<ReturnType<typeof makeTeam>>;
let networks = 0;

beforeAll(async () => {
  node = await startTestNode({ environment: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  team = await makeTeam(node);
  others = await makeTeam(node);
  await team.ask("PUT", "/api/organisation/slug", { slug: "tea-house" });
});
afterAll(() => node.stop());

const setSlug = (whose: typeof team, slug: unknown) => whose.ask("PUT", "/api/organisation/slug", { slug });
const lookOf = (page: string) => {
  const [, written = ""] = /<meta name="grata-look" content="([^"]*)"/.exec(page) ?? [];
  return JSON.parse(
    written.replaceAll(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code))) || "null",
  );
};
/** Signs in at an own sign-in page, from a network that nothing else comes from. */
const signInAt = (slug: string, email: string, given: string) =>
  call(node, "POST", "/api/session", {
    body: { email, password: given, slug },
    headers: { "x-forwarded-for": `10.9.0.${++networks}` },
  });
const attemptsOf = async (userId: string) => {
  const rows = await sqlOn<{ failed: number; locked: boolean }>(
    node,
    "SELECT failed_attempts AS failed, locked_at IS NOT NULL AS locked FROM users WHERE id = $1",
    [userId],
  );
  return rows[0];
};

describe("A4: the address of an own sign-in page", () => {
  test("A4: is kept in small letters, noted, and taken away again", async () => {
    const mine = await makeTeam(node);
    expect(entranceIn(await setSlug(mine, " Green-Tea "))).toMatchObject({
      slug: "green-tea",
      host: null,
      logo: null,
    });
    expect(entranceIn(await setSlug(mine, "green-tea")).slug).toBe("green-tea");
    expect(entranceIn(await setSlug(mine, null)).slug).toBeNull();
    expect(entranceIn(await mine.ask("GET", "/api/organisation/entrance")).slug).toBeNull();
    expect(await auditOf(node, mine.organisationId)).toEqual([
      { action: "organisation.changed", actor: "Ada", changes: { slug: { from: null, to: "green-tea" } } },
      { action: "organisation.changed", actor: "Ada", changes: { slug: { from: "green-tea", to: null } } },
    ]);
    expect((await call(node, "GET", "/green-tea")).status).toBe(404);
  });

  test.each([
    ["ab", "slug_invalid"],
    ["a".repeat(41), "slug_invalid"],
    ["-tea", "slug_invalid"],
    ["tea-", "slug_invalid"],
    ["tea house", "slug_invalid"],
    ["tea/house", "slug_invalid"],
    ["tea.house", "slug_invalid"],
    ["../tea", "slug_invalid"],
    ["茶馆茶馆", "slug_invalid"],
    ["tea\u202ehouse", "slug_invalid"],
    ["<b>tea</b>", "slug_invalid"],
    ["", "slug_invalid"],
    [5, "slug_invalid"],
    ["sign-in", "slug_reserved"],
    ["API", "slug_reserved"],
    ["tea-house", "slug_taken"],
    ["TEA-HOUSE", "slug_taken"],
  ])("A4: cannot be %j: %s, at the field", async (slug, code) => {
    const answer = await setSlug(others, slug);
    expect([outcomeIn(answer), Object.keys(failureIn(answer).fields ?? {})]).toEqual([code, ["slug"]]);
    expect(entranceIn(await others.ask("GET", "/api/organisation/entrance")).slug).toBeNull();
  });

  test("A4: of two organisations that take one at the same moment one gets it", async () => {
    const teams = await Promise.all([makeTeam(node), makeTeam(node), makeTeam(node)]);
    const answers = await Promise.all(teams.map((one) => setSlug(one, "black-tea")));
    expect(answers.map(outcomeIn).sort()).toEqual(["slug_taken", "slug_taken", "yes"]);
  });

  test("A4: none of our own paths can be one", async () => {
    const parts = (await routesOf(node)).map(({ url }) => url.split("/")[1] ?? "");
    const ours = parts.filter((part) => /^[a-z]/.test(part));
    expect(ours).toContain("sign-in");
    for (const part of new Set([...ours, "unreadable", "socket", "realtime"])) {
      expect(node.services.reservedSlugs, part).toContain(part);
    }
  });

  test("A4: shows the sign-in page with the name, and nothing more of the organisation", async () => {
    for (const path of ["/tea-house", "/tea-house/recover", "/tea-house?to=/console"]) {
      const page = await call(node, "GET", path);
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(lookOf(page.text)).toEqual({ slug: "tea-house", name: "Tea House", logo: null });
      expect(page.text).not.toContain(team.organisationId);
    }
    expect(lookOf((await call(node, "GET", "/sign-in")).text)).toBeNull();
  });

  test("A4: a name with markup in it stays a text in the page", async () => {
    const mine = await makeTeam(node);
    await setSlug(mine, "marked-up");
    await sqlOn(node, "UPDATE organisations SET name = $1 WHERE organisation_id = $2", [
      `"><script>alert(1)</script>'&__CSP_NONCE__`,
      mine.organisationId,
    ]);
    const { text } = await call(node, "GET", "/marked-up");
    expect(text).not.toContain("<script>alert");
    expect(lookOf(text).name).toBe(`"><script>alert(1)</script>'&__CSP_NONCE__`);
  });

  test.each([
    "/nobody-has-it",
    "/nobody-has-it/recover",
    "/Tea-House",
    "/tea%2Dhouse%00",
    "/x",
    "/tea-house/more",
  ])("A4: %s is what every address is where nothing is", async (path) => {
    const [answer, nowhere] = [await call(node, "GET", path), await call(node, "GET", "/nowhere/at/all")];
    expect([answer.status, answer.text]).toEqual([nowhere.status, nowhere.text]);
  });
});

describe("A4: signing in at an own sign-in page", () => {
  test("A4: its members can", async () => {
    const answer = await signInAt("tea-house", team.email, password);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text).organisation.id).toBe(team.organisationId);
    expect(cookiesIn(answer).get("grata")?.value).toMatch(/^[\w-]{43}$/);
  });

  test("A4: to another organisation's user the right password is as wrong as any, and costs an attempt", async () => {
    const { userId, email } = await makeUser(node, others.organisationId);
    const wrong = await signInAt("tea-house", email, "not the password at all");
    const right = await signInAt("tea-house", email, password);
    const nobody = await signInAt("tea-house", "nobody@example.test", password);
    for (const answer of [wrong, right, nobody]) {
      expect([answer.status, failureIn(answer).code]).toEqual([401, "credentials_wrong"]);
      expect([answer.text, [...answer.headers.keys()]]).toEqual([wrong.text, [...wrong.headers.keys()]]);
      expect(cookiesIn(answer).size).toBe(0);
    }
    expect(await attemptsOf(userId)).toEqual({ failed: 2, locked: false });
    for (let time = 3; time <= 6; time++) await signInAt("tea-house", email, password);
    expect(await attemptsOf(userId)).toEqual({ failed: attemptsAllowed, locked: true });
    const sessions = await sqlOn(node, "SELECT FROM sessions WHERE user_id = $1", [userId]);
    // The one of `makeUser`.
    expect(sessions).toHaveLength(1);
  });

  test("A4: takes as long for another organisation's user as for nobody", async () => {
    const { email } = await makeUser(node, others.organisationId);
    const took = async (address: string, given: string) => {
      const began = performance.now();
      await signInAt("tea-house", address, given);
      return performance.now() - began;
    };
    for (const [address, given] of [
      [email, password],
      [email, "not the password at all"],
      ["nobody@example.test", password],
    ] as const) {
      expect(await took(address, given)).toBeGreaterThanOrEqual(395);
    }
  });

  test("A4: where no organisation has the address there is nothing, whoever asks", async () => {
    const answer = await signInAt("nobody-has-it", team.email, password);
    expect([answer.status, failureIn(answer).code]).toEqual([404, "route_unknown"]);
  });
});
