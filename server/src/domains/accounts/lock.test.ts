import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { type MailBox, openMailBox } from "../../../testing/outside/mail-box.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";

let node: TestNode;
let box: MailBox;
let organisationId: string;
let networks = 0;

beforeAll(async () => {
  box = await openMailBox();
  node = await startTestNode({ environment: { SMTP_URL: box.url, TRUSTED_PROXIES: "127.0.0.1, ::1" } });
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(async () => {
  await node.stop();
  await box.down();
});

/** A sign-in from a network that nothing else comes from. */
const from = () => ({ "x-forwarded-for": `10.0.${Math.floor(++networks / 250)}.${networks % 250}` });
const guess = (email: string, wrong = "a wrong password here") => signInWith(node, email, wrong, from());
const right = (email: string) => signInWith(node, email, password, from());
const stored = (userId: string) =>
  asOwner(node.databaseUrl, async (client) => {
    const { rows } = await client.query<{ failed: number; locked: boolean }>(
      "SELECT failed_attempts AS failed, locked_at IS NOT NULL AS locked FROM users WHERE id = $1",
      [userId],
    );
    return rows[0];
  });
async function lockOut(email: string): Promise<void> {
  for (let time = 1; time <= 6; time++) await guess(email);
}

describe("A5: failed attempts", () => {
  test("A5: six consecutive failures lock the account, and then the right password is refused too", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    await lockOut(email);
    const answer = await right(email);
    expect([answer.status, failureIn(answer).code]).toEqual([401, "credentials_wrong"]);
    expect(await stored(userId)).toEqual({ failed: 6, locked: true });
  });

  test("A5: five do not, and a success makes them forgotten", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    for (let round = 1; round <= 2; round++) {
      for (let time = 1; time <= 5; time++) await guess(email);
      expect((await right(email)).status).toBe(200);
    }
    expect(await stored(userId)).toEqual({ failed: 0, locked: false });
  });

  test("A5: of forty guesses at one moment, in any case and from anywhere, six are looked at", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    const forms = [email, email.toUpperCase(), ` ${email}`, `${email} `, `\t${email.toUpperCase()}\n`];
    const headers = (index: number): Record<string, string> =>
      [
        from(),
        { "x-forwarded-for": `192.0.2.${index}, 198.51.100.7` },
        { forwarded: `for=192.0.2.${index}`, "x-real-ip": `192.0.2.${index}` },
        { "user-agent": `Another browser ${index}`, "accept-language": "zh" },
      ][index % 4] ?? {};
    const guesses = Array.from({ length: 40 }, (_, index) =>
      signInWith(node, forms[index % forms.length] ?? "", `wrong guess ${index}`, headers(index)),
    );
    const codes = (await Promise.all(guesses)).map((answer) => failureIn(answer).code);
    expect(new Set(codes)).toEqual(new Set(["credentials_wrong"]));
    expect(await stored(userId)).toEqual({ failed: 6, locked: true });
    expect(failureIn(await right(email)).code).toBe("credentials_wrong");
  });

  test("A5: a right guess among many at one moment does not get more than six looked at", async () => {
    const { email } = await makeUser(node, organisationId);
    await Promise.all(Array.from({ length: 12 }, (_, index) => guess(email, `wrong guess ${index}`)));
    expect(failureIn(await right(email)).code).toBe("credentials_wrong");
  });

  test("A5: sessions that are there go on; only the door is shut", async () => {
    const { email, cookie } = await makeUser(node, organisationId);
    await lockOut(email);
    expect((await call(node, "GET", "/api/session", { headers: { cookie } })).status).toBe(200);
  });

  test("A5: the owner is told by mail, once, in their language, with the way to unlock", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    await asOwner(node.databaseUrl, (client) =>
      client.query("UPDATE users SET language = 'zh-Hant' WHERE id = $1", [userId]),
    );
    await lockOut(email);
    for (let time = 1; time <= 3; time++) await guess(email);
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    expect(box.to(email)[0]?.email.subject).toBe("您的 Grata 帳號已被鎖定");
    expect(box.to(email)[0]?.email.text).toContain("由於連續六次輸入錯誤的密碼，您的帳號已被鎖定。");
    expect(box.to(email)[0]?.email.text).toContain(`${node.services.entrances.main()}/recover`);
    const log = await asOwner(node.databaseUrl, (client) =>
      client.query("SELECT by, actor_id FROM audit_entries WHERE action = 'user.locked' AND target_id = $1", [
        userId,
      ]),
    );
    expect(log.rows).toEqual([{ by: "system", actor_id: null }]);
  });

  test("A5: takes as long for an address that does not exist, for a locked one, and for a wrong password", async () => {
    const { email } = await makeUser(node, organisationId);
    await lockOut(email);
    const other = await makeUser(node, organisationId);
    for (const address of [email, other.email, "nobody@example.test", "no address"]) {
      const began = performance.now();
      const answer = await guess(address);
      expect(performance.now() - began, address).toBeGreaterThanOrEqual(395);
      expect([answer.status, failureIn(answer)], address).toEqual([
        401,
        {
          code: "credentials_wrong",
          message:
            "This e-mail address and password do not match. Check both and try again. Six failures in a row lock an account; “Recover” unlocks it.",
        },
      ]);
    }
  });
});
