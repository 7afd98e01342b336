import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../../../testing/checks/http.ts";
import { enrol } from "../../../testing/scenes/factors.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { sqlOn } from "../../../testing/scenes/team.ts";
import { runCommand } from "../../../testing/servers/command.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";

let node: TestNode;
let organisationId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const audit = (userId: string) =>
  sqlOn(node, "SELECT action, by FROM audit_entries WHERE target_id = $1 AND by = 'operator'", [userId]);

describe("an operator without mail", () => {
  test("A5: unlocks an account, by its address in any case", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    for (let time = 1; time <= attemptsAllowed; time++) await signInWith(node, email, "wrong");
    const { code, stdout } = await runCommand(node, ["unlock", email.toUpperCase()]);
    expect([code, stdout]).toEqual([0, `Unlocked. ${email.toUpperCase()} may sign in again.\n`]);
    expect((await signInWith(node, email, password)).status).toBe(200);
    expect(await audit(userId)).toEqual([{ action: "user.unlocked", by: "operator" }]);
  });

  test("A5: says so where nothing was locked, and writes down nothing", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    for (let time = 1; time <= 5; time++) await signInWith(node, email, "wrong");
    const { code, stdout } = await runCommand(node, ["unlock", email]);
    expect([code, stdout]).toEqual([0, `${email} is not locked: nothing was changed.\n`]);
    expect(await audit(userId)).toEqual([]);
  });

  test("A6: prints a recovery link that works", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    const { code, stdout } = await runCommand(node, ["recovery-link", email], {
      PUBLIC_URL: "https://chat.example",
    });
    expect(code).toBe(0);
    const token = /https:\/\/chat\.example\/recover\/password#([\w-]{43})\n$/.exec(stdout)?.[1];
    const body = { token, password: "another quiet teapot" };
    expect((await call(node, "POST", "/api/recovery/password", { body })).status).toBe(200);
    expect((await signInWith(node, email, "another quiet teapot")).status).toBe(200);
    expect(await audit(userId)).toEqual([{ action: "password.recovery_link_made", by: "operator" }]);
  });

  test("H5: takes away a second factor that is lost", async () => {
    const user = await makeUser(node, organisationId);
    await enrol(node, user);
    const { code, stdout } = await runCommand(node, ["reset-second-factor", user.email]);
    expect([code, stdout]).toEqual([
      0,
      `Done. ${user.email} signs in with the password alone, until a second step is set up again.\n`,
    ]);
    expect((await signInWith(node, user.email, password)).text).toContain(user.userId);
    expect(await audit(user.userId)).toEqual([{ action: "factor.reset", by: "operator" }]);
    expect((await runCommand(node, ["reset-second-factor", user.email])).stderr).toBe(
      "There is no second step here. Set one up first.\n",
    );
  });

  test.each(["unlock", "recovery-link", "reset-second-factor"])(
    "A6: %s says so when nobody has the address, or none is given",
    async (name) => {
      expect(await runCommand(node, [name, "nobody@example.test"])).toEqual({
        code: 1,
        stdout: "",
        stderr: "This user does not exist, or is not in your team. Go back to the list.\n",
      });
      expect(await runCommand(node, [name])).toEqual({
        code: 1,
        stdout: "",
        stderr: "Give one e-mail address.\n",
      });
    },
  );
});
