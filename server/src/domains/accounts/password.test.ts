import { setUpBody } from "@grata/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentsOf } from "../../../testing/checks/contents.ts";
import { form, pictures, signInWith } from "../../../testing/scenes/set-up.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { createOrganisation } from "../../features/set-up/create-organisation.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { hashPassword, passwordMatches } from "./password.ts";

let node: TestNode;
let people = 0;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

/** Somebody who chose this password on the form; how signing in with others goes for them. */
async function somebodyWith(password: string, email = `person${++people}@tea.example`) {
  const input = setUpBody.parse({ ...form, token: "", email, password });
  await createOrganisation(node.services.storage, input, async () => undefined);
  return async (attempt: string) => (await signInWith(node, email, attempt)).status;
}

describe("A3: a password", () => {
  test("of 15 characters is long enough", async () => {
    const signIn = await somebodyWith("a slow kettle 1");
    expect(await signIn("a slow kettle 1")).toBe(200);
    expect(await signIn("a slow kettle 2")).toBe(401);
  });

  test("of 256 characters of any kind is taken, and compared to its last one", async () => {
    const signIn = await somebodyWith(pictures(256));
    expect(pictures(256)).toHaveLength(512);
    expect(await signIn(pictures(256))).toBe(200);
    expect(await signIn(pictures(255))).toBe(401);
    expect(await signIn(`${pictures(255)}x`)).toBe(401);
  });

  test("is never cut short", async () => {
    const long = pictures(100) + "a word or two ".repeat(8).slice(0, 99);
    const signIn = await somebodyWith(`${long}1`);
    expect([...long]).toHaveLength(199);
    expect(await signIn(`${long}1`)).toBe(200);
    expect(await signIn(`${long}2`)).toBe(401);
    expect(await signIn(long)).toBe(401);
  });

  test("keeps the spaces at both its ends, and its capitals", async () => {
    const signIn = await somebodyWith(" A slow kettle 1 ");
    expect(await signIn(" A slow kettle 1 ")).toBe(200);
    expect(await signIn(" A slow kettle 1")).toBe(401);
    expect(await signIn("A slow kettle 1 ")).toBe(401);
    expect(await signIn(" a slow kettle 1 ")).toBe(401);
  });

  test("is the same however a keyboard composes its letters", async () => {
    const composed = "un café très allongé".normalize("NFC");
    const decomposed = composed.normalize("NFD");
    expect(decomposed).not.toBe(composed);
    const one = await somebodyWith(composed);
    expect(await one(decomposed)).toBe(200);
    const other = await somebodyWith(decomposed);
    expect(await other(composed)).toBe(200);
    // Composed only: another letter that merely looks alike is another letter.
    expect(await other(composed.replace("é", "e"))).toBe(401);
  });

  test("needs no digit, capital or sign", async () => {
    expect(await (await somebodyWith("correct horse battery staple"))("correct horse battery staple")).toBe(
      200,
    );
    expect(
      await (await somebodyWith("床前明月光疑是地上霜举头望明月"))("床前明月光疑是地上霜举头望明月"),
    ).toBe(200);
  });

  test("is stored as argon2id with 19 MiB and two passes, salted", async () => {
    const hashes = await Promise.all([hashPassword("a slow kettle 1"), hashPassword("a slow kettle 1")]);
    expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/);
    expect(hashes[0]).not.toBe(hashes[1]);
    await somebodyWith("written down nowhere");
    expect(JSON.stringify(await contentsOf(node.databaseUrl))).not.toContain("written down nowhere");
  });
});

describe("A3: an e-mail address", () => {
  test("belongs to one user: in other capitals it is the same, and nothing half-made is left", async () => {
    await somebodyWith("a slow kettle 1", "grace@tea.example");
    const before = await contentsOf(node.databaseUrl);
    const refused = somebodyWith("a slow kettle 2", " Grace@Tea.EXAMPLE ");
    await expect(refused).rejects.toEqual(new Refusal("email_taken", { fields: { email: "email_taken" } }));
    expect(await contentsOf(node.databaseUrl)).toEqual(before);
    const signIn = await signInWith(node, " GRACE@tea.example", "a slow kettle 1");
    expect(signIn.status).toBe(200);
  });
});

test("A3: many at once wait for their turn; more than a crowd are turned away, and the next is not", async () => {
  const crowd = Array.from({ length: 260 }, () => passwordMatches(null, "a slow kettle 1"));
  const outcomes = await Promise.allSettled(crowd);
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "too_many_attempts" });
  expect(await passwordMatches(null, "a slow kettle 1")).toBe(false);
  const hash = await hashPassword("a slow kettle 1");
  expect(await passwordMatches(hash, "a slow kettle 1")).toBe(true);
});
