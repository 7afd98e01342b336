import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../testing/checks/http.ts";
import { linkIn, type MailBox, openMailBox, secretOf } from "../../../testing/outside/mail-box.ts";
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
  for (let time = 1; time <= attemptsAllowed; time++) await guess(email);
}

describe("A6: recovery", () => {
  const recover = (email: string) =>
    call(node, "POST", "/api/recovery", { body: { email }, headers: from() });
  const check = async (token: string) =>
    JSON.parse((await call(node, "POST", "/api/recovery/check", { body: { token }, headers: from() })).text);
  const use = (token: string, newPassword = "another quiet teapot") =>
    call(node, "POST", "/api/recovery/password", {
      body: { token, password: newPassword },
      headers: from(),
    });
  /** The secrets in the mails that came to this address, once there are so many. */
  async function secretsTo(email: string, count: number): Promise<string[]> {
    const recoveries = () => box.to(email).filter((mail) => mail.email.text?.includes("#"));
    await eventually(() => expect(recoveries()).toHaveLength(count));
    return recoveries().map((mail) => secretOf(linkIn(mail)));
  }

  test("A6: the mailed link sets a new password, unlocks, ends all sessions, and works once", async () => {
    const { userId, email, cookie } = await makeUser(node, organisationId);
    await lockOut(email);
    expect((await recover(` ${email.toUpperCase()}`)).text).toBe("{}");
    const [secret = ""] = await secretsTo(email, 1);
    expect(await check(secret)).toMatchObject({ state: "valid", email });
    expect((await use(secret)).status).toBe(200);
    expect(await stored(userId)).toEqual({ failed: 0, locked: false });
    expect((await call(node, "GET", "/api/session", { headers: { cookie } })).status).toBe(401);
    expect((await right(email)).status).toBe(401);
    expect((await signInWith(node, email, "another quiet teapot", from())).status).toBe(200);
    expect(await check(secret)).toEqual({ state: "used" });
    const again = await use(secret, "yet another quiet teapot");
    expect([again.status, failureIn(again).code]).toEqual([410, "recovery_used"]);
  });

  test("A6: the mail is in the user's language, and says how long its link works", async () => {
    for (const [language, subject, period] of [
      ["en", "Set a new password for Grata", "for one hour"],
      ["zh-Hans", "设置新的 Grata 密码", "一小时内有效"],
      ["zh-Hant", "設定新的 Grata 密碼", "一小時內有效"],
    ] as const) {
      const { userId, email } = await makeUser(node, organisationId);
      await asOwner(node.databaseUrl, (client) =>
        client.query("UPDATE users SET language = $2 WHERE id = $1", [userId, language]),
      );
      await recover(email);
      await secretsTo(email, 1);
      expect(box.to(email)[0]?.email.subject).toBe(subject);
      expect(box.to(email)[0]?.email.text).toContain(period);
    }
  });

  test("A6: only the newest link works", async () => {
    const { email } = await makeUser(node, organisationId);
    await recover(email);
    const [older = ""] = await secretsTo(email, 1);
    await recover(email);
    const [, newer = ""] = await secretsTo(email, 2);
    expect(await check(older)).toEqual({ state: "revoked" });
    expect(failureIn(await use(older)).code).toBe("recovery_revoked");
    expect((await use(newer)).status).toBe(200);
  });

  test("A6: after an hour it has expired, and changes nothing", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    await recover(email);
    const [secret = ""] = await secretsTo(email, 1);
    const minutesLeft = await asOwner(node.databaseUrl, async (client) => {
      const left = await client.query<{ minutes: number }>(
        "SELECT ceil(extract(epoch FROM expires_at - now()) / 60)::int AS minutes FROM links WHERE user_id = $1",
        [userId],
      );
      await client.query("UPDATE links SET expires_at = now() WHERE user_id = $1", [userId]);
      return left.rows[0]?.minutes;
    });
    expect(minutesLeft).toBe(60);
    expect(await check(secret)).toEqual({ state: "expired" });
    expect(failureIn(await use(secret)).code).toBe("recovery_expired");
    expect((await right(email)).status).toBe(200);
  });

  test("A6: never says whether the address exists, by its answer or its time; nobody else gets a mail", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    const gone = await makeUser(node, organisationId);
    await asOwner(node.databaseUrl, (client) =>
      client.query("UPDATE users SET status = 'disabled' WHERE id = $1", [gone.userId]),
    );
    expect(userId).not.toBe(gone.userId);
    for (const address of [email, gone.email, "nobody@example.test"]) {
      const began = performance.now();
      const answer = await recover(address);
      expect([answer.status, answer.text], address).toEqual([200, "{}"]);
      expect(performance.now() - began, address).toBeGreaterThanOrEqual(395);
    }
    await secretsTo(email, 1);
    expect(box.to(gone.email)).toEqual([]);
    expect(box.to("nobody@example.test")).toEqual([]);
  });

  test("A6: five mails an hour to one address, whether or not it exists", async () => {
    const { email } = await makeUser(node, organisationId);
    for (const address of [email, "somebody.else@example.test"]) {
      for (let time = 1; time <= 5; time++) expect((await recover(address)).status).toBe(200);
      expect(failureIn(await recover(address)).code).toBe("too_many_requests");
    }
  });

  test("A2: a link with a flipped bit, a foreign one and none at all are not valid, and no more is said", async () => {
    const { email } = await makeUser(node, organisationId);
    await recover(email);
    const [secret = ""] = await secretsTo(email, 1);
    const flipped = Buffer.from(secret, "base64url");
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    for (const wrong of [flipped.toString("base64url"), "x".repeat(43), "", `${secret}x`, secret.slice(1)]) {
      expect(await check(wrong)).toEqual({ state: "unknown" });
      expect(failureIn(await use(wrong)).code).toBe("recovery_invalid");
    }
    const asInvitation = { body: { token: secret, password: "another quiet teapot" }, headers: from() };
    expect(failureIn(await call(node, "POST", "/api/invitation", asInvitation)).code).toBe(
      "invitation_invalid",
    );
  });

  test("A6: a bad password leaves the link as it was", async () => {
    const { email } = await makeUser(node, organisationId);
    await recover(email);
    const [secret = ""] = await secretsTo(email, 1);
    const local = email.split("@")[0] ?? "";
    for (const [bad, code] of [
      ["fourteen chars", "password_too_short"],
      ["password1password1", "password_common"],
      [email, "password_common"],
      [`${local}${local}`, "password_common"],
      ["x".repeat(257), "password_too_long"],
    ] as const) {
      const failure = failureIn(await use(secret, bad));
      expect([failure.code, Object.keys(failure.fields ?? {})], bad).toEqual([code, ["password"]]);
    }
    expect((await use(secret, "a quiet teapot with a space ")).status).toBe(200);
    expect((await signInWith(node, email, "a quiet teapot with a space", from())).status).toBe(401);
    expect((await signInWith(node, email, "a quiet teapot with a space ", from())).status).toBe(200);
  });

  test("A6: of two browsers with one link at one moment one wins", async () => {
    const { email } = await makeUser(node, organisationId);
    await recover(email);
    const [secret = ""] = await secretsTo(email, 1);
    const both = await Promise.all(
      ["first quiet teapot", "second quiet teapot"].map((chosen) => use(secret, chosen)),
    );
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 410]);
    const won = both[0]?.status === 200 ? "first quiet teapot" : "second quiet teapot";
    const answer = await signInWith(node, email, won, from());
    expect(cookiesIn(answer).has("grata")).toBe(true);
  });
});
