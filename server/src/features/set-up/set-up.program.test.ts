import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { contentsOf, formsStored } from "../../../testing/checks/contents.ts";
import { call, cookiesIn, failureIn } from "../../../testing/checks/http.ts";
import { connectUser } from "../../../testing/scenes/people.ts";
import { form, setUpWith, signInWith, tokenOf } from "../../../testing/scenes/set-up.ts";
import { freshDatabase } from "../../../testing/servers/databases.ts";
import { runProgram } from "../../../testing/servers/program.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let node: TestNode;

beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
  node = await startTestNode({ databaseUrl: database.url });
});
afterEach(async () => {
  await node.stop();
  await database.drop();
});

const check = (token: string) => call(node, "POST", "/api/set-up/check", { body: { token } });

async function restart(): Promise<void> {
  await node.stop();
  node = await startTestNode({ databaseUrl: database.url });
}

describe("the set-up link", () => {
  test("A3, H1: is there while there is no organisation, and is never stored as it is", async () => {
    expect(node.setUpLink).toMatch(/^http:\/\/localhost:\d+\/set-up#[\w-]{43}$/);
    expect((await check(tokenOf(node))).status).toBe(200);
    expect(await formsStored(database.url, tokenOf(node))).toEqual([]);
  });

  test("A3: makes an organisation with its admin and its web chat, and signs the admin in", async () => {
    const answer = await setUpWith(node);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      user: { name: "Ada Admin", email: "ada@tea.example", role: "admin", language: "en" },
      organisation: { name: "Tea House 茶馆" },
    });
    const cookie = `grata=${cookiesIn(answer).get("grata")?.value}`;
    const admin = await connectUser(node, cookie);
    expect((await admin.request("waiting.list", {})).total).toBe(0);
    admin.close();
    const page = await call(node, "GET", "/try");
    expect(page.status).toBe(200);
    expect((await signInWith(node, form.email, form.password)).status).toBe(200);
  });

  test("A3: works once", async () => {
    const token = tokenOf(node);
    expect((await setUpWith(node)).status).toBe(200);
    const before = await contentsOf(database.url);
    const second = await setUpWith(node, { email: "eve@tea.example" });
    expect([second.status, failureIn(second).code]).toEqual([409, "set_up_done"]);
    expect(failureIn(await check(token)).code).toBe("set_up_done");
    expect(await contentsOf(database.url)).toEqual(before);
  });

  test.each([
    ["different people", (number: number) => ({ email: `ada${number}@tea.example` })],
    ["one who pressed the button twice", () => ({})],
  ])("A3: used at the same moment by %s, makes one organisation", async (_who, changes) => {
    const answers = await Promise.all([1, 2, 3, 4].map((number) => setUpWith(node, changes(number))));
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused.map((answer) => failureIn(answer).code)).toEqual(Array(3).fill("set_up_done"));
    const { organisations, users, channels, sessions } = await contentsOf(database.url);
    expect([organisations, users, channels, sessions].map((rows) => rows?.length)).toEqual([1, 1, 1, 1]);
  });

  test.each([
    ["that was never printed", "x".repeat(43), "set_up_link_invalid"],
    ["that is empty", "", "set_up_link_invalid"],
    ["with NUL in it", "a\0b", "set_up_link_invalid"],
    ["that is too long", "x".repeat(101), "request_invalid"],
    ["that is not a text", 5, "request_invalid"],
  ])("A3: a token %s makes nothing", async (_which, token, code) => {
    const before = await contentsOf(database.url);
    expect(failureIn(await setUpWith(node, { token })).code).toBe(code);
    expect(await contentsOf(database.url)).toEqual(before);
  });

  test("A3: is gone after a restart once an organisation exists, however it was made", async () => {
    const token = tokenOf(node);
    await makeOrganisation(node);
    expect(failureIn(await check(token)).code).toBe("set_up_done");
    expect(failureIn(await setUpWith(node)).code).toBe("set_up_done");
    await restart();
    expect(node.setUpLink).toBeNull();
  });

  test("A3: a newer one comes with each start without an organisation; the older one works still", async () => {
    const older = tokenOf(node);
    await restart();
    expect(tokenOf(node)).not.toBe(older);
    expect((await setUpWith(node, { token: older })).status).toBe(200);
  });

  test("H1: the program prints it, and prints it no more once it was used", async () => {
    await node.stop();
    const printed = async () => {
      const program = runProgram({ DATABASE_URL: database.url });
      await program.ready();
      await program.kill();
      return (await program.ended).stdout;
    };
    expect(await printed()).toMatch(/^ {2}http:\/\/localhost:\d+\/set-up#[\w-]{43}$/m);
    node = await startTestNode({ databaseUrl: database.url });
    expect((await setUpWith(node)).status).toBe(200);
    await node.stop();
    expect(await printed()).not.toContain("set-up");
  });
});
