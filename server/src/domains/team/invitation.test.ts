import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../testing/checks/http.ts";
import { linkIn, type MailBox, openMailBox, secretOf } from "../../../testing/outside/mail-box.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { auditOf, deedsOf, makeTeam, outcomeIn, profileIn, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let box: MailBox;
let team: Awaited<ReturnType<typeof makeTeam>>;
let people = 0;

beforeAll(async () => {
  box = await openMailBox();
  node = await startTestNode({ environment: { SMTP_URL: box.url } });
  team = await makeTeam(node);
});
afterAll(async () => {
  await node.stop();
  await box.down();
});

const chosen = "a quiet teapot of mine";
const newAddress = () => `person${++people}@tea.example`;

async function inviteSomebody(details: object = {}) {
  const email = newAddress();
  const { user } = profileIn(await team.invite({ email, ...details }));
  return { userId: user.id, email };
}
async function secretTo(email: string, which = 1): Promise<string> {
  await eventually(() => expect(box.to(email).length).toBeGreaterThanOrEqual(which));
  const mail = box.to(email)[which - 1];
  if (!mail) throw new Error("No mail came.");
  return secretOf(linkIn(mail));
}
const check = async (token: string) =>
  JSON.parse((await call(node, "POST", "/api/invitation/check", { body: { token } })).text);
const accept = (token: string, password = chosen) =>
  call(node, "POST", "/api/invitation", { body: { token, password } });
const statusOf = async (userId: string) =>
  profileIn(await team.ask("GET", `/api/team/users/${userId}`)).user.status;

describe("A1: an invitation", () => {
  test("A1, B3: comes by mail in the chosen language; its link sets the password and signs in", async () => {
    const { userId, email } = await inviteSomebody({ role: "admin", language: "zh-Hant" });
    const secret = await secretTo(email);
    expect(box.to(email)[0]?.email.subject).toBe("Tea House 邀請您使用 Grata");
    expect(await check(secret)).toMatchObject({
      state: "valid",
      name: "Mei",
      email,
      organisation: "Tea House",
    });
    expect(await statusOf(userId)).toBe("invited");
    const answer = await accept(secret);
    expect(JSON.parse(answer.text).user).toMatchObject({
      id: userId,
      email,
      role: "admin",
      language: "zh-Hant",
    });
    const cookie = `grata=${cookiesIn(answer).get("grata")?.value}`;
    expect((await call(node, "GET", "/api/session", { headers: { cookie } })).status).toBe(200);
    expect(await statusOf(userId)).toBe("active");
    expect((await signInWith(node, email, chosen)).status).toBe(200);
    expect((await auditOf(node, userId)).map(({ action, actor }) => [action, actor])).toEqual([
      ["user.invited", "Ada"],
      ["invitation.accepted", "Mei"],
    ]);
  });

  test("A1: works for 48 hours, and says when they are over; nobody signs in before it is accepted", async () => {
    const { userId, email } = await inviteSomebody();
    const secret = await secretTo(email);
    const [left] = await sqlOn<{ hours: number }>(
      node,
      "SELECT ceil(extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM links WHERE user_id = $1",
      [userId],
    );
    expect(left?.hours).toBe(48);
    expect((await signInWith(node, email, "")).status).toBe(401);
    await sqlOn(node, "UPDATE links SET expires_at = now() WHERE user_id = $1", [userId]);
    expect(await check(secret)).toEqual({ state: "expired" });
    expect(outcomeIn(await accept(secret))).toBe("invitation_expired");
    expect(await statusOf(userId)).toBe("invited");
  });

  test("A1: works once: of five browsers at one moment one is let in", async () => {
    const { email } = await inviteSomebody();
    const secret = await secretTo(email);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) => accept(secret, `${chosen} ${index}`)),
    );
    expect(answers.map(outcomeIn).sort()).toEqual([...Array(4).fill("invitation_used"), "yes"]);
    const winner = answers.findIndex((answer) => answer.status === 200);
    expect((await signInWith(node, email, `${chosen} ${winner}`)).status).toBe(200);
    expect(await check(secret)).toEqual({ state: "used" });
  });

  test.each([
    ["password_too_short", "fourteen chars"],
    ["password_too_long", "x".repeat(257)],
    ["password_common", "password1password1"],
    ["password_common", "Mei Tea House Mei"],
  ])("A1: refuses with %s, at its field, and the link still works", async (code, bad) => {
    const { email } = await inviteSomebody();
    const secret = await secretTo(email);
    const failure = failureIn(await accept(secret, bad));
    expect([failure.code, Object.keys(failure.fields ?? {})]).toEqual([code, ["password"]]);
    expect(failureIn(await accept(secret, email)).code).toBe("password_common");
    expect((await accept(secret, `${chosen} `)).status).toBe(200);
    expect((await signInWith(node, email, chosen)).status).toBe(401);
  });

  test("A2: an unknown link, one with a flipped bit and one of recovery are not valid, and no more is said", async () => {
    const { email } = await inviteSomebody();
    const secret = await secretTo(email);
    const flipped = Buffer.from(secret, "base64url");
    flipped[5] = (flipped[5] ?? 0) ^ 4;
    for (const wrong of [flipped.toString("base64url"), "", "x".repeat(43)]) {
      expect(await check(wrong)).toEqual({ state: "unknown" });
      expect(outcomeIn(await accept(wrong))).toBe("invitation_invalid");
    }
    const body = { token: secret, password: chosen };
    expect(outcomeIn(await call(node, "POST", "/api/recovery/password", { body }))).toBe("recovery_invalid");
    expect((await accept(secret)).status).toBe(200);
  });
});

describe("B5: what an admin does with an invitation", () => {
  test("B5: sent again, the older link stops working", async () => {
    const { userId, email } = await inviteSomebody();
    const older = await secretTo(email);
    expect(outcomeIn(await team.act(userId, "invitation"))).toBe("yes");
    const newer = await secretTo(email, 2);
    expect(await check(older)).toEqual({ state: "revoked" });
    expect(outcomeIn(await accept(older))).toBe("invitation_revoked");
    expect((await accept(newer)).status).toBe(200);
    expect(outcomeIn(await team.act(userId, "invitation"))).toBe("user_not_invited");
  });

  test("A2, B5: cancelled, the link says so, the user is gone, and the address is free", async () => {
    const { userId, email } = await inviteSomebody();
    const secret = await secretTo(email);
    expect(outcomeIn(await team.ask("DELETE", `/api/team/users/${userId}/invitation`))).toBe("yes");
    expect(await check(secret)).toEqual({ state: "revoked" });
    expect(outcomeIn(await accept(secret))).toBe("invitation_revoked");
    expect(outcomeIn(await team.ask("GET", `/api/team/users/${userId}`))).toBe("user_unknown");
    expect(outcomeIn(await team.invite({ email }))).toBe("yes");
    expect((await auditOf(node, userId)).at(-1)).toMatchObject({
      action: "invitation.cancelled",
      actor: "Ada",
    });
  });

  test("H4: its link can be copied, and the mailed one works on until one of them is used", async () => {
    const { userId, email } = await inviteSomebody();
    const mailed = await secretTo(email);
    const copied = JSON.parse((await team.act(userId, "invitation/link")).text);
    expect(new URL(copied.link).origin).toBe(node.services.entrances.main());
    const secret = secretOf(new URL(copied.link));
    expect(secret).not.toBe(mailed);
    expect([(await check(mailed)).state, (await check(secret)).state]).toEqual(["valid", "valid"]);
    expect((await accept(secret)).status).toBe(200);
    expect(await check(mailed)).toEqual({ state: "used" });
  });

  test("H4: the copied link of an invitation that has expired is a new one, and the old one stays expired", async () => {
    const { userId, email } = await inviteSomebody();
    const mailed = await secretTo(email);
    await sqlOn(node, "UPDATE links SET expires_at = now() WHERE user_id = $1", [userId]);
    const copied = JSON.parse((await team.act(userId, "invitation/link")).text);
    expect((await check(mailed)).state).not.toBe("valid");
    expect((await accept(secretOf(new URL(copied.link)))).status).toBe(200);
  });
});

describe("B3: the form", () => {
  test("B3: an address belongs to one user, in any case, also of another organisation; nothing half-made is left", async () => {
    const { email } = await inviteSomebody();
    const elsewhere = await makeTeam(node);
    for (const deeds of [team, elsewhere]) {
      const failure = failureIn(await deeds.invite({ email: ` ${email.toUpperCase()} ` }));
      expect([failure.code, Object.keys(failure.fields ?? {})]).toEqual(["email_taken", ["email"]]);
    }
    expect(box.to(email).length).toBeLessThanOrEqual(1);
  });

  test.each([
    [{ name: "" }, "name", "name_empty"],
    [{ name: "   " }, "name", "name_empty"],
    [{ name: "x".repeat(500) }, "name", "name_too_long"],
    [{ name: "x".repeat(121) }, "name", "name_too_long"],
    [{ name: "Mei\u202egnp.exe" }, "name", "name_not_text"],
    [{ name: "Mei\nBcc: x" }, "name", "name_not_text"],
    [{ email: "not an address" }, "email", "email_invalid"],
    [{ email: "a@b\r\nBcc: c@d.example" }, "email", "email_invalid"],
    [{ role: "owner" }, "role", "request_invalid"],
    [{ language: "tlh" }, "language", "request_invalid"],
  ])("B3: %j is refused at its field", async (wrong, field, code) => {
    const failure = failureIn(await team.invite({ email: newAddress(), ...wrong }));
    expect([failure.code, Object.keys(failure.fields ?? {})]).toEqual([code, [field]]);
  });

  test("B3: a name with markup is kept as it is", async () => {
    const name = "<b>Mei</b> & Co";
    const { userId } = await inviteSomebody({ name });
    expect(profileIn(await team.ask("GET", `/api/team/users/${userId}`)).user.name).toBe(name);
  });

  test("B3: of many lines each is judged by itself, and the good ones are invited", async () => {
    const good = [newAddress(), newAddress()];
    const line = (email: string, name = "Mei", role = "agent") => ({ name, email, role, language: "en" });
    const lines = [
      line(good[0] ?? ""),
      line("nonsense"),
      line(newAddress(), ""),
      line(good[0]?.toUpperCase() ?? ""),
      line(newAddress(), "Mei", "owner"),
      line(good[1] ?? ""),
    ];
    const report = JSON.parse((await team.ask("POST", "/api/team/invitations/many", { lines })).text);
    expect(
      report.lines.map((one: { outcome: string; code?: string; fields?: object }) =>
        one.outcome === "invited" ? "invited" : [one.code, ...Object.keys(one.fields ?? {})],
      ),
    ).toEqual([
      "invited",
      ["email_invalid", "email"],
      ["name_empty", "name"],
      ["email_taken", "email"],
      ["request_invalid", "role"],
      "invited",
    ]);
    for (const email of good) expect((await accept(await secretTo(email))).status).toBe(200);
  });

  test("B3: five hundred lines at once are read, and no more", async () => {
    const line = { name: "", email: "", role: "agent", language: "en" };
    const many = (length: number) =>
      team.ask("POST", "/api/team/invitations/many", { lines: Array.from({ length }, () => line) });
    expect(outcomeIn(await many(500))).toBe("yes");
    expect(outcomeIn(await many(501))).toBe("request_invalid");
  });

  test("B1: an agent invites nobody, one by one or many at once", async () => {
    const { email } = await inviteSomebody();
    const cookie = `grata=${cookiesIn(await accept(await secretTo(email))).get("grata")?.value}`;
    const agent = deedsOf(node, cookie);
    const lines = [{ name: "Mei", email: newAddress(), role: "admin", language: "en" }];
    expect(outcomeIn(await agent.invite({ email: newAddress() }))).toBe("forbidden");
    expect(outcomeIn(await agent.ask("POST", "/api/team/invitations/many", { lines }))).toBe("forbidden");
    expect(await sqlOn(node, "SELECT FROM users WHERE email = $1", [lines[0]?.email])).toEqual([]);
  });
});
