import { afterAll, beforeAll, expect, test } from "vitest";
import { contentsOf } from "../../../testing/checks/contents.ts";
import { failureIn } from "../../../testing/checks/http.ts";
import { form, setUpWith, signInWith } from "../../../testing/scenes/set-up.ts";
import { runCommand } from "../../../testing/servers/command.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const right = ["--organisation", form.organisation, "--name", form.name, "--email", form.email];

const command = (argv: string[], input: string) => runCommand(node, argv, {}, input);

const mistakes: Record<string, { argv: string[]; input: string; said: string }> = {
  "a weak password": {
    argv: ["create-organisation", ...right],
    input: "password1password1\n",
    said: "password: This password is easy to guess. Choose one that is not a known password, your address or a name.\n",
  },
  "nothing filled in": {
    argv: ["create-organisation"],
    input: "short\n",
    said: `organisation: Enter a name.
name: Enter a name.
email: Enter a whole e-mail address, such as name@example.com.
password: This password is too short. Use at least 15 characters; a few words in a row are fine.
`,
  },
};

test.each(Object.keys(mistakes))("A3: with %s it says so and makes nothing", async (mistake) => {
  const { argv, input, said } = mistakes[mistake] ?? { argv: [], input: "", said: "" };
  const before = await contentsOf(node.databaseUrl);
  expect(await command(argv, input)).toEqual({ code: 1, stdout: "", stderr: said });
  expect(await contentsOf(node.databaseUrl)).toEqual(before);
});

test("A3: without a command that it knows it explains itself", async () => {
  const { code, stderr } = await command(["destroy-organisation"], "");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^There is no command "destroy-organisation"\.\n\nUsage: npm run grata/);
});

test("A3: makes an organisation while the server runs; its admin signs in, and the set-up link is used up", async () => {
  const made = await command(["create-organisation", ...right], `${form.password} \n`);
  expect(made.stderr).toBe("");
  expect(made.code).toBe(0);
  expect(made.stdout).toMatch(
    /^Created\. ada@tea\.example may sign in now\. The web chat's id is [0-9a-f-]{36}\.\n$/,
  );
  expect((await signInWith(node, form.email, `${form.password} `)).status).toBe(200);
  expect((await signInWith(node, form.email, form.password)).status).toBe(401);
  expect(failureIn(await setUpWith(node)).code).toBe("set_up_done");

  const before = await contentsOf(node.databaseUrl);
  const again = await command(
    ["create-organisation", ...right.slice(0, -1), "ADA@tea.example"],
    form.password,
  );
  expect(again).toEqual({
    code: 1,
    stdout: "",
    stderr: "email: This e-mail address already belongs to a user. Use another one.\n",
  });
  expect(await contentsOf(node.databaseUrl)).toEqual(before);
});
