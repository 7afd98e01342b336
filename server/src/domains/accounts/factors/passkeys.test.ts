import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, cookiesIn, failureIn } from "../../../../testing/checks/http.ts";
import { newPasskey } from "../../../../testing/outside/authenticator.ts";
import {
  addPasskey,
  attemptsOf,
  beginSignIn,
  enrol,
  from,
  givePasskey,
  localhost,
  ownFactor,
  passkeyOptions,
} from "../../../../testing/scenes/factors.ts";
import { makeUser } from "../../../../testing/scenes/people.ts";
import { signInWith } from "../../../../testing/scenes/set-up.ts";
import { auditOf, outcomeIn, sqlOn } from "../../../../testing/scenes/team.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let organisationId: string;

beforeAll(async () => {
  node = await startTestNode({ environment: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const own = async (cookie: string) => JSON.parse((await ownFactor(node, cookie, "")).text);
async function withPasskey(way: Parameters<typeof newPasskey>[1] = {}) {
  const user = await makeUser(node, organisationId);
  const { passkey, done } = await addPasskey(node, user, newPasskey(localhost(node), way));
  expect(outcomeIn(done)).toBe("yes");
  return { ...user, passkey };
}

describe("H5: registering passkeys", () => {
  test("H5: several with their names, each shown with its last use, and removed after the password", async () => {
    const user = await withPasskey();
    const second = await addPasskey(node, user, undefined, "Office 钥匙");
    expect(JSON.parse(second.done.text)).toEqual({ recoveryCodes: null });
    const { passkeys, recoveryCodesLeft } = await own(user.cookie);
    expect(recoveryCodesLeft).toBe(10);
    expect(passkeys).toEqual([
      {
        id: expect.any(String),
        name: "My key",
        host: "localhost",
        createdAt: expect.any(Number),
        lastUsedAt: null,
      },
      expect.objectContaining({ name: "Office 钥匙" }),
    ]);
    const remove = (id: string, current: string) =>
      ownFactor(node, user.cookie, `/passkeys/${id}/remove`, { current });
    expect(outcomeIn(await remove(passkeys[0].id, "no"))).toBe("current_password_wrong");
    expect(outcomeIn(await remove(passkeys[0].id, password))).toBe("yes");
    expect(outcomeIn(await remove(passkeys[0].id, password))).toBe("passkey_unknown");
    await remove(passkeys[1].id, password);
    expect(await own(user.cookie)).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    const mails = await sqlOn(
      node,
      "SELECT kind, parameters ->> 'passkey' AS passkey FROM mails WHERE recipient = $1 ORDER BY id",
      [user.email],
    );
    expect(mails).toEqual([
      { kind: "passkey_added", passkey: "My key" },
      { kind: "passkey_added", passkey: "Office 钥匙" },
      { kind: "passkey_removed", passkey: "My key" },
      { kind: "passkey_removed", passkey: "Office 钥匙" },
    ]);
    expect((await auditOf(node, user.userId)).map(({ action }) => action)).toEqual([
      "factor.passkey_added",
      "factor.passkey_added",
      "factor.passkey_removed",
      "factor.passkey_removed",
    ]);
  });

  test("H5: needs the password first, and a challenge of this very session, once", async () => {
    const user = await makeUser(node, organisationId);
    const other = await makeUser(node, organisationId);
    const ask = (cookie: string, current = password) =>
      ownFactor(node, cookie, "/passkeys/options", { current });
    expect(outcomeIn(await ask(user.cookie, "no"))).toBe("current_password_wrong");
    const register = async (cookie: string, answer: object) =>
      outcomeIn(await ownFactor(node, cookie, "/passkeys", { name: "Key", answer }));
    const { options } = JSON.parse((await ask(user.cookie)).text);
    expect(options).toMatchObject({ rp: { id: "localhost", name: "Grata" }, user: { name: user.email } });
    const key = newPasskey(localhost(node));
    expect(await register(other.cookie, key.register(options))).toBe("passkey_refused");
    expect(await register(user.cookie, key.register({ ...options, challenge: "made-up" }))).toBe(
      "passkey_refused",
    );
    expect(await register(user.cookie, newPasskey("https://evil.example").register(options))).toBe(
      "passkey_refused",
    );
    expect(await register(user.cookie, key.register({ ...options, rp: { id: "evil.example" } }))).toBe(
      "passkey_refused",
    );
    const again = JSON.parse((await ask(user.cookie)).text).options;
    expect(await register(user.cookie, key.register(again))).toBe("yes");
    expect(await register(user.cookie, newPasskey(localhost(node)).register(again))).toBe("passkey_refused");
    const theirs = JSON.parse((await ask(other.cookie)).text).options;
    expect(await register(other.cookie, key.register(theirs))).toBe("passkey_known");
  });

  test("H5: a challenge of more than five minutes ago is too old", async () => {
    const user = await makeUser(node, organisationId);
    const asked = await ownFactor(node, user.cookie, "/passkeys/options", { current: password });
    await sqlOn(node, "UPDATE passkey_challenges SET expires_at = now() - interval '1 second'");
    const answer = newPasskey(localhost(node)).register(JSON.parse(asked.text).options);
    const done = await ownFactor(node, user.cookie, "/passkeys", { name: "Key", answer });
    expect(outcomeIn(done)).toBe("passkey_refused");
  });

  test("H5: not at an address that is none of ours, nor at a number, nor a twenty-first", async () => {
    const user = await makeUser(node, organisationId);
    const port = new URL(node.url).port;
    const at = (origin: string) =>
      call(node, "POST", "/api/session/passkey/options", { body: { purpose: "alone" }, headers: { origin } });
    expect(outcomeIn(await at(`http://127.0.0.1:${port}`))).toBe("passkey_place");
    expect(outcomeIn(await at(`http://[::1]:${port}`))).toBe("passkey_place");
    expect(outcomeIn(await at("https://evil.example"))).toBe("origin_forbidden");
    await sqlOn(
      node,
      `INSERT INTO passkeys (organisation_id, id, user_id, name, credential_id, public_key, counter, transports, host)
       SELECT $1, gen_random_uuid(), $2, 'Key', gen_random_uuid()::text, '', 0, '{}', 'localhost'
       FROM generate_series(1, 20)`,
      [organisationId, user.userId],
    );
    const asked = await ownFactor(node, user.cookie, "/passkeys/options", { current: password });
    expect(outcomeIn(asked)).toBe("too_many_passkeys");
  });

  test("H5: a name is a name", async () => {
    const user = await makeUser(node, organisationId);
    for (const [name, code] of [
      ["", "name_empty"],
      ["x".repeat(500), "name_too_long"],
    ] as const) {
      const { done } = await addPasskey(node, user, undefined, name);
      expect(failureIn(done).fields?.name?.code).toBe(code);
    }
  });
});

describe("H5: a passkey after the password", () => {
  test("H5: is asked for by name, signs in, and shows its use", async () => {
    const user = await withPasskey();
    const answer = await signInWith(node, user.email, password, from());
    expect(JSON.parse(answer.text)).toEqual({ secondSteps: ["passkey", "recovery"] });
    const step = await beginSignIn(node, user.email);
    const options = await passkeyOptions(node, "second_step", step);
    expect(options.allowCredentials).toEqual([expect.objectContaining({ id: user.passkey.id })]);
    // It has a password before it: the device need not ask who is there.
    const signedIn = await givePasskey(
      node,
      "second_step",
      user.passkey.sign(options, { verified: false }),
      step,
    );
    const cookie = `grata=${cookiesIn(signedIn).get("grata")?.value}`;
    expect((await own(cookie)).passkeys[0].lastUsedAt).toEqual(expect.any(Number));
  });

  test("H5: a challenge is for one sign-in, once, and an answer to nothing else", async () => {
    const user = await withPasskey();
    const [one, other] = [await beginSignIn(node, user.email), await beginSignIn(node, user.email)];
    const options = await passkeyOptions(node, "second_step", one);
    const alone = await passkeyOptions(node, "alone");
    const give = async (step: string, answer: object, purpose: "alone" | "second_step" = "second_step") =>
      outcomeIn(await givePasskey(node, purpose, answer, step));
    expect(await give(other, user.passkey.sign(options))).toBe("passkey_refused");
    expect(await give(one, user.passkey.sign(alone))).toBe("passkey_refused");
    expect(await give("", user.passkey.sign(options), "alone")).toBe("passkey_refused");
    expect(await give("", user.passkey.sign(options))).toBe("second_step_over");
    const signed = user.passkey.sign(options);
    expect(await give(one, signed)).toBe("yes");
    expect(await give(other, signed)).toBe("passkey_refused");
  });

  test("H2, H5: somebody else's passkey is none", async () => {
    const user = await withPasskey();
    const elsewhere = await makeOrganisation(node, "Elsewhere");
    const stranger = await makeUser(node, elsewhere.organisationId);
    const { passkey } = await addPasskey(node, stranger);
    const step = await beginSignIn(node, user.email);
    const options = await passkeyOptions(node, "second_step", step);
    expect(outcomeIn(await givePasskey(node, "second_step", passkey.sign(options), step))).toBe(
      "passkey_refused",
    );
  });

  test("A5, H5: six bad answers lock the account", async () => {
    const user = await withPasskey();
    const step = await beginSignIn(node, user.email);
    const options = await passkeyOptions(node, "second_step", step);
    const answers = Array.from({ length: 8 }, () =>
      givePasskey(node, "second_step", user.passkey.sign({ ...options, challenge: "made-up" }), step),
    );
    expect(new Set((await Promise.all(answers)).map(outcomeIn))).toEqual(new Set(["passkey_refused"]));
    expect(await attemptsOf(node, user.userId)).toEqual({ failed: attemptsAllowed, locked: true });
    expect(outcomeIn(await givePasskey(node, "second_step", user.passkey.sign(options), step))).toBe(
      "passkey_refused",
    );
  });
});

describe("H5: a passkey alone", () => {
  const alone = async (answer: object, headers = {}) =>
    outcomeIn(await givePasskey(node, "alone", answer, "", headers));

  test("H5: signs in without a name or a password, where the device has verified its owner", async () => {
    const user = await withPasskey();
    const options = await passkeyOptions(node, "alone");
    expect(options.userVerification).toBe("required");
    expect(options.allowCredentials ?? []).toEqual([]);
    expect(await alone(user.passkey.sign(options, { verified: false }))).toBe("passkey_refused");
    const answer = await givePasskey(node, "alone", user.passkey.sign(await passkeyOptions(node, "alone")));
    expect(JSON.parse(answer.text).user.id).toBe(user.userId);
    expect(cookiesIn(answer).get("grata")?.value).toMatch(/^[\w-]{43}$/);
  });

  test("H5: not with a flipped bit anywhere, nor from another page, nor twice", async () => {
    const user = await withPasskey();
    const flip = (text: string) => (text.startsWith("A") ? `B${text.slice(1)}` : `A${text.slice(1)}`);
    for (const field of ["clientDataJSON", "authenticatorData", "signature"] as const) {
      const signed = user.passkey.sign(await passkeyOptions(node, "alone"));
      const response = { ...signed.response, [field]: flip(signed.response[field]) };
      expect(await alone({ ...signed, response }), field).toBe("passkey_refused");
      await sqlOn(node, "UPDATE users SET failed_attempts = 0 WHERE id = $1", [user.userId]);
    }
    const options = await passkeyOptions(node, "alone");
    expect(await alone(user.passkey.sign(options, { origin: "https://evil.example" }))).toBe(
      "passkey_refused",
    );
    const strange = { ...user.passkey.sign(await passkeyOptions(node, "alone")) };
    expect(await alone({ ...strange, response: { ...strange.response, userHandle: "AAAA" } })).toBe(
      "passkey_refused",
    );
    const signed = user.passkey.sign(await passkeyOptions(node, "alone"));
    expect(await alone(signed)).toBe("yes");
    expect(await alone(signed)).toBe("passkey_refused");
  });

  test("H5: of two requests with one answer at one moment one wins", async () => {
    const user = await withPasskey();
    const signed = user.passkey.sign(await passkeyOptions(node, "alone"));
    const outcomes = await Promise.all([alone(signed), alone(signed), alone(signed)]);
    expect(outcomes.filter((outcome) => outcome === "yes")).toHaveLength(1);
  });

  test("H5: a counter that does not grow is a copy's", async () => {
    const user = await withPasskey();
    user.passkey.setCounter(8);
    expect(await alone(user.passkey.sign(await passkeyOptions(node, "alone")))).toBe("yes");
    user.passkey.setCounter(8);
    expect(await alone(user.passkey.sign(await passkeyOptions(node, "alone")))).toBe("passkey_refused");
    user.passkey.setCounter(9);
    expect(await alone(user.passkey.sign(await passkeyOptions(node, "alone")))).toBe("yes");
  });

  test("H5: a device that does not count is taken again and again", async () => {
    const user = await withPasskey({ counts: false });
    for (let time = 1; time <= 2; time++) {
      expect(await alone(user.passkey.sign(await passkeyOptions(node, "alone")))).toBe("yes");
    }
  });

  test.each([
    ["disabled", "UPDATE users SET status = 'disabled' WHERE id = $1"],
    ["locked", `UPDATE users SET failed_attempts = ${attemptsAllowed}, locked_at = now() WHERE id = $1`],
  ])("A5, B6, H5: not for somebody who is %s", async (_state, statement) => {
    const user = await withPasskey();
    await sqlOn(node, statement, [user.userId]);
    expect(await alone(user.passkey.sign(await passkeyOptions(node, "alone")))).toBe("passkey_refused");
  });

  test("A5, H5: one that nobody has is refused after the same time", async () => {
    const signed = newPasskey(localhost(node)).sign(await passkeyOptions(node, "alone"));
    const began = performance.now();
    expect(await alone(signed)).toBe("passkey_refused");
    expect(performance.now() - began).toBeGreaterThanOrEqual(395);
  });
});

test("H5: with a passkey and an app either will do, and each is one of two", async () => {
  const user = await withPasskey();
  await enrol(node, user);
  const answer = await signInWith(node, user.email, password, from());
  expect(JSON.parse(answer.text)).toEqual({ secondSteps: ["passkey", "authenticator", "recovery"] });
  await ownFactor(node, user.cookie, "/authenticator/remove", { current: password });
  expect(await own(user.cookie)).toMatchObject({ authenticatorSince: null, recoveryCodesLeft: 10 });
});
