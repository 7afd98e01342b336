import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formsStored } from "../../../../testing/checks/contents.ts";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../../testing/checks/http.ts";
import { type MailBox, openMailBox } from "../../../../testing/outside/mail-box.ts";
import {
  attemptsOf,
  beginSignIn,
  codeOf,
  enrol,
  forgetCodes,
  from,
  giveCode,
  ownFactor,
} from "../../../../testing/scenes/factors.ts";
import { connectUser, makeUser, refusal } from "../../../../testing/scenes/people.ts";
import { signInWith } from "../../../../testing/scenes/set-up.ts";
import { auditOf, outcomeIn, sqlOn } from "../../../../testing/scenes/team.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let box: MailBox;
let organisationId: string;

beforeAll(async () => {
  box = await openMailBox();
  node = await startTestNode({ environment: { SMTP_URL: box.url, TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(async () => {
  await node.stop();
  await box.down();
});

const session = (cookie: string) => call(node, "GET", "/api/session", { headers: { cookie } });
const sessionIn = (answer: Parameters<typeof cookiesIn>[0]) =>
  `grata=${cookiesIn(answer).get("grata")?.value}`;
const wrongOf = (seed: string) => String((Number(codeOf(seed)) + 1) % 1_000_000).padStart(6, "0");
async function withApp() {
  const user = await makeUser(node, organisationId);
  return { ...user, ...(await enrol(node, user)) };
}

describe("H5: setting up an app", () => {
  test("H5: asks for the password, shows the seed once, and counts from a right code on", async () => {
    const user = await makeUser(node, organisationId);
    const begin = (current: string) => ownFactor(node, user.cookie, "/authenticator", { current });
    expect(outcomeIn(await begin("not the password"))).toBe("current_password_wrong");
    const begun = JSON.parse((await begin(password)).text);
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.address).toContain(`secret=${begun.secret}`);
    const elsewhere = await signInWith(node, user.email, password, { "user-agent": "iPhone" });
    expect(elsewhere.text).toContain("organisation");
    const confirm = (code: string) => ownFactor(node, user.cookie, "/authenticator/confirm", { code });
    expect(failureIn(await confirm(wrongOf(begun.secret))).fields).toHaveProperty("code");
    const wide = codeOf(begun.secret).replace(/./g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const { recoveryCodes } = JSON.parse((await confirm(` ${wide.slice(0, 3)} ${wide.slice(3)}`)).text);
    expect(recoveryCodes).toHaveLength(10);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(outcomeIn(await begin(password))).toBe("authenticator_present");
    expect(await formsStored(node.databaseUrl, begun.secret)).toEqual([]);
    expect(await formsStored(node.databaseUrl, recoveryCodes[0])).toEqual([]);
    expect(JSON.parse((await ownFactor(node, user.cookie, "")).text)).toEqual({
      authenticatorSince: expect.any(Number),
      passkeys: [],
      recoveryCodesLeft: 10,
      required: false,
    });
    await eventually(() =>
      expect(box.to(user.email).map(({ email }) => email.subject)).toEqual([
        "A second step now protects your Grata account",
      ]),
    );
    expect((await auditOf(node, user.userId)).map(({ action }) => action)).toEqual([
      "factor.authenticator_added",
    ]);
  });

  test("H5: begun anew, the seed that was shown before is worth nothing", async () => {
    const { cookie } = await makeUser(node, organisationId);
    const begin = async () =>
      JSON.parse((await ownFactor(node, cookie, "/authenticator", { current: password })).text).secret;
    const [first, second] = [await begin(), await begin()];
    const confirm = (code: string) => ownFactor(node, cookie, "/authenticator/confirm", { code });
    expect(outcomeIn(await confirm(codeOf(first)))).toBe("code_wrong");
    expect(outcomeIn(await confirm(codeOf(second)))).toBe("yes");
  });

  test("H5: one that was not confirmed for half an hour has to be begun anew", async () => {
    const { userId, cookie } = await makeUser(node, organisationId);
    const { secret } = JSON.parse(
      (await ownFactor(node, cookie, "/authenticator", { current: password })).text,
    );
    await sqlOn(
      node,
      "UPDATE authenticators SET created_at = now() - interval '31 minutes' WHERE user_id = $1",
      [userId],
    );
    const late = await ownFactor(node, cookie, "/authenticator/confirm", { code: codeOf(secret) });
    expect(outcomeIn(late)).toBe("authenticator_absent");
  });

  test("H5: turned off, the password is enough again and the recovery codes are gone", async () => {
    const user = await withApp();
    expect(outcomeIn(await ownFactor(node, user.cookie, "/authenticator/remove", { current: "no" }))).toBe(
      "current_password_wrong",
    );
    await ownFactor(node, user.cookie, "/authenticator/remove", { current: password });
    const own = JSON.parse((await ownFactor(node, user.cookie, "")).text);
    expect(own).toMatchObject({ authenticatorSince: null, recoveryCodesLeft: 0 });
    expect((await signInWith(node, user.email, password)).text).toContain("organisation");
  });

  test("H5: new recovery codes end the ones before", async () => {
    const user = await withApp();
    expect(outcomeIn(await ownFactor(node, user.cookie, "/recovery-codes", { current: "no" }))).toBe(
      "current_password_wrong",
    );
    const made = await ownFactor(node, user.cookie, "/recovery-codes", { current: password });
    const step = await beginSignIn(node, user.email);
    expect(outcomeIn(await giveCode(node, step, user.recoveryCodes[0] ?? "", "recovery"))).toBe("code_wrong");
    const [fresh] = JSON.parse(made.text).recoveryCodes;
    expect(outcomeIn(await giveCode(node, step, fresh, "recovery"))).toBe("yes");
  });
});

describe("H5: the second step", () => {
  test("H5: after the right password there is no session, only a step that is owed", async () => {
    const user = await withApp();
    const answer = await signInWith(node, user.email, password);
    expect(JSON.parse(answer.text)).toEqual({ secondSteps: ["authenticator", "recovery"] });
    expect(cookiesIn(answer).has("grata")).toBe(false);
    const step = cookiesIn(answer).get("grata-step");
    expect(step?.attributes).toMatchObject({ httponly: "", samesite: "Lax", "max-age": "600" });
    const token = step?.value ?? "";
    for (const cookie of [`grata-step=${token}`, `grata=${token}`, `__Host-grata=${token}`]) {
      expect(outcomeIn(await session(cookie))).toBe("sign_in_required");
      expect(await refusal(connectUser(node, cookie))).toBe("sign_in_required");
    }
    expect(await formsStored(node.databaseUrl, token)).toEqual([]);
  });

  test("A9, H5: a right code begins the session, and only then does it end the older one", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    expect((await session(user.cookie)).status).toBe(200);
    const answer = await giveCode(node, step, codeOf(user.seed));
    expect((await session(sessionIn(answer))).status).toBe(200);
    expect((await session(user.cookie)).status).toBe(401);
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed, 1)))).toBe("second_step_over");
  });

  test("H5: a code of a minute ago is too old, whether it was used or not", async () => {
    const user = await withApp();
    await forgetCodes(node, user.userId);
    const step = await beginSignIn(node, user.email);
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed, -2)))).toBe("code_wrong");
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed)))).toBe("yes");
  });

  test("H5: a code works once, also with another sign-in", async () => {
    const user = await withApp();
    const code = codeOf(user.seed);
    expect(outcomeIn(await giveCode(node, await beginSignIn(node, user.email), code))).toBe("yes");
    const again = await beginSignIn(node, user.email);
    expect(outcomeIn(await giveCode(node, again, code))).toBe("code_wrong");
    expect(outcomeIn(await giveCode(node, again, codeOf(user.seed, -1)))).toBe("code_wrong");
    expect(outcomeIn(await giveCode(node, again, codeOf(user.seed, 1)))).toBe("yes");
  });

  test("H5: the code that took the app into use signs nobody in", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed, -1)))).toBe("code_wrong");
  });

  test("H5: of many requests with one code at one moment one wins", async () => {
    const user = await withApp();
    const steps = await Promise.all(Array.from({ length: 3 }, () => beginSignIn(node, user.email)));
    const code = codeOf(user.seed);
    const outcomes = await Promise.all(
      steps.concat(steps.slice(0, 1)).map(async (step) => outcomeIn(await giveCode(node, step, code))),
    );
    expect(outcomes.filter((outcome) => outcome === "yes")).toHaveLength(1);
  });

  test.each(["", "12345", "1234567", "abcdef", "00000\u0000", "-12345", "1e5   ", "\u202e123456"])(
    "H5: %j is no code",
    async (code) => {
      const user = await withApp();
      const step = await beginSignIn(node, user.email);
      expect(outcomeIn(await giveCode(node, step, code))).toBe("code_wrong");
    },
  );

  test("H5: each recovery code works once, however it is typed, and its use is noted", async () => {
    const user = await withApp();
    const [code = ""] = user.recoveryCodes;
    const typed = ` ${code.toUpperCase().replaceAll("0", "O").replaceAll("1", "l").replace("-", " ")}`;
    const codes = await Promise.all(Array.from({ length: 2 }, () => beginSignIn(node, user.email)));
    const outcomes = await Promise.all(
      codes.map(async (step) => outcomeIn(await giveCode(node, step, typed, "recovery"))),
    );
    expect(outcomes.sort()).toEqual(["code_wrong", "yes"]);
    const step = await beginSignIn(node, user.email);
    expect(outcomeIn(await giveCode(node, step, code, "recovery"))).toBe("code_wrong");
    expect((await auditOf(node, user.userId)).at(-1)).toEqual({
      action: "factor.recovery_code_used",
      actor: expect.any(String),
      changes: { recoveryCodesLeft: { from: "10", to: "9" } },
    });
  });

  test.each([
    ["expired", "UPDATE pending_sign_ins SET expires_at = now() - interval '1 second' WHERE user_id = $1"],
    ["of somebody disabled", "UPDATE users SET status = 'disabled' WHERE id = $1"],
  ])("H5: a step that is %s is worth nothing", async (_why, statement) => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    await sqlOn(node, statement, [user.userId]);
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed)))).toMatch(
      /^(second_step_over|code_wrong)$/,
    );
  });

  test("H5: a step with a flipped bit, of nobody or without a cookie is over", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    const flipped = step.slice(0, -2) + (step.at(-2) === "A" ? "B" : "A") + step.slice(-1);
    for (const cookie of [flipped, "grata-step=x", "", user.cookie]) {
      expect(outcomeIn(await giveCode(node, cookie, codeOf(user.seed)))).toBe("second_step_over");
    }
  });

  test("A6, H5: recovery sets the password and then the second step is asked for; steps begun before are over", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    await call(node, "POST", "/api/recovery", { body: { email: user.email } });
    const recoveryOf = () =>
      box.to(user.email).find(({ email }) => email.subject === "Set a new password for Grata");
    await eventually(() => expect(recoveryOf()).toBeDefined());
    const [, link] = /#(\S+)/.exec(recoveryOf()?.email.text ?? "") ?? [];
    const body = { token: link, password: "another quiet teapot" };
    expect((await call(node, "POST", "/api/recovery/password", { body })).status).toBe(200);
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed)))).toBe("second_step_over");
    const answer = await signInWith(node, user.email, "another quiet teapot", from());
    expect(JSON.parse(answer.text)).toEqual({ secondSteps: ["authenticator", "recovery"] });
  });

  test("A7, H5: a changed password ends the steps that were begun with the old one", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    const body = { current: password, password: "another quiet teapot" };
    await call(node, "POST", "/api/session/password", { body, headers: { cookie: user.cookie } });
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed)))).toBe("second_step_over");
  });
});

describe("A5, H5: wrong codes", () => {
  test("A5, H5: six lock the account, and knowing the password does not give the guesses back", async () => {
    const user = await withApp();
    for (let time = 1; time <= 6; time++) {
      const step = await beginSignIn(node, user.email);
      expect(outcomeIn(await giveCode(node, step, wrongOf(user.seed)))).toBe("code_wrong");
    }
    expect(await attemptsOf(node, user.userId)).toEqual({ failed: attemptsAllowed, locked: true });
    expect(failureIn(await signInWith(node, user.email, password, from())).code).toBe("credentials_wrong");
    await eventually(() =>
      expect(box.to(user.email).map(({ email }) => email.subject)).toContain(
        "Your Grata account has been locked",
      ),
    );
  });

  test("A5, H5: of twenty at one moment six are looked at, and then the right one is wrong too", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    const guesses = Array.from({ length: 20 }, () => giveCode(node, step, wrongOf(user.seed)));
    const codes = (await Promise.all(guesses)).map((answer) => failureIn(answer).code);
    expect(new Set(codes)).toEqual(new Set(["code_wrong"]));
    expect(await attemptsOf(node, user.userId)).toEqual({ failed: attemptsAllowed, locked: true });
    await forgetCodes(node, user.userId);
    expect(outcomeIn(await giveCode(node, step, codeOf(user.seed)))).toBe("code_wrong");
    expect(outcomeIn(await giveCode(node, step, user.recoveryCodes[0] ?? "", "recovery"))).toBe("code_wrong");
  });

  test("A5, H5: a whole sign-in makes them forgotten; the password alone does not", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    await giveCode(node, step, wrongOf(user.seed));
    await beginSignIn(node, user.email);
    expect(await attemptsOf(node, user.userId)).toEqual({ failed: 1, locked: false });
    await giveCode(node, step, codeOf(user.seed));
    expect(await attemptsOf(node, user.userId)).toEqual({ failed: 0, locked: false });
  });

  test("A5, H5: wrong passwords on one's own page count too", async () => {
    const user = await makeUser(node, organisationId);
    for (let time = 1; time <= 6; time++) {
      await ownFactor(node, user.cookie, "/authenticator", { current: "not the password" });
    }
    expect(await attemptsOf(node, user.userId)).toEqual({ failed: attemptsAllowed, locked: true });
  });

  test("A5, H5: a wrong code takes as long as a wrong password", async () => {
    const user = await withApp();
    const step = await beginSignIn(node, user.email);
    for (const cookie of [step, "grata-step=x"]) {
      const began = performance.now();
      await giveCode(node, cookie, wrongOf(user.seed));
      expect(performance.now() - began).toBeGreaterThanOrEqual(395);
    }
  });
});
