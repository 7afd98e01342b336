import type { UserSession } from "@grata/contract/team";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { asOwner } from "../../../../testing/checks/contents.ts";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../../testing/checks/http.ts";
import { connectUser, makeUser, type Person } from "../../../../testing/scenes/people.ts";
import { signInWith } from "../../../../testing/scenes/set-up.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../../testing/servers/test-node.ts";
import { recoverByOperator } from "../operator.ts";

let node: TestNode;
let organisationId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";
const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Mobile/15E148 Safari/604.1";

async function signIn(email: string, userAgent: string): Promise<string> {
  const answer = await signInWith(node, email, password, { "user-agent": userAgent });
  return `grata=${cookiesIn(answer).get("grata")?.value}`;
}
async function connect(cookie: string): Promise<Person> {
  const person = await connectUser(node, cookie);
  onTestFinished(() => person.close());
  return person;
}
const statusOf = async (cookie: string) =>
  (await call(node, "GET", "/api/session", { headers: { cookie } })).status;
const endings = (person: Person) =>
  person.news.flatMap((item) => (item.type === "session.ended" ? [item.reason] : []));
const sql = (statement: string, values: unknown[]) =>
  asOwner(node.databaseUrl, (client) => client.query(statement, values));
async function sessionsOf(cookie: string): Promise<UserSession[]> {
  return JSON.parse((await call(node, "GET", "/api/sessions", { headers: { cookie } })).text).sessions;
}

describe("A9: one session for each kind of device", () => {
  test("A9: a newer sign-in ends the older one, which is told why at once; the phone's goes on", async () => {
    const { email } = await makeUser(node, organisationId);
    const [older, onPhone] = [await signIn(email, desktop), await signIn(email, phone)];
    const [olderTab, phoneTab] = [await connect(older), await connect(onPhone)];
    const newer = await signIn(email, `${desktop} (another)`);
    await eventually(() => expect(endings(olderTab)).toEqual(["replaced"]));
    expect(olderTab.state).toBe("ended");
    expect([await statusOf(older), await statusOf(newer), await statusOf(onPhone)]).toEqual([401, 200, 200]);
    expect(endings(phoneTab)).toEqual([]);
    await signIn(email, phone);
    await eventually(() => expect(endings(phoneTab)).toEqual(["replaced"]));
    expect(await statusOf(newer)).toBe(200);
  });

  test("A9: of many sign-ins at one moment one session is left", async () => {
    const { userId, email } = await makeUser(node, organisationId);
    await Promise.all(Array.from({ length: 5 }, () => signIn(email, desktop)));
    const { rowCount } = await sql("SELECT FROM sessions WHERE user_id = $1 AND expires_at > now()", [
      userId,
    ]);
    expect(rowCount).toBe(1);
  });

  test("A9: an organisation may lift the rule", async () => {
    const free = await makeOrganisation(node);
    await sql("UPDATE organisations SET one_session = false WHERE organisation_id = $1", [
      free.organisationId,
    ]);
    const cookies = [await signIn(free.email, desktop), await signIn(free.email, desktop)];
    expect(await Promise.all(cookies.map(statusOf))).toEqual([200, 200]);
  });
});

describe("A9: inactivity", () => {
  const activity = async (cookie: string) =>
    JSON.parse((await call(node, "POST", "/api/session/activity", { headers: { cookie } })).text).endsAt;
  async function strict(): Promise<string> {
    const { organisationId } = await makeOrganisation(node);
    await sql("UPDATE organisations SET inactivity_minutes = 15 WHERE organisation_id = $1", [
      organisationId,
    ]);
    return organisationId;
  }
  const idle = (userId: string, minutes: number) =>
    sql("UPDATE sessions SET active_at = now() - make_interval(mins => $2) WHERE user_id = $1", [
      userId,
      minutes,
    ]);

  test("A9: ends the session on the server, over HTTP and on its open sockets, with the reason", async () => {
    const { userId, cookie } = await makeUser(node, await strict());
    const tab = await connect(cookie);
    await idle(userId, 14);
    expect(await statusOf(cookie)).toBe(200);
    await idle(userId, 15);
    expect(await statusOf(cookie)).toBe(401);
    await eventually(() => expect(endings(tab)).toEqual(["inactive"]));
  });

  test("A9: what the user does puts it off, and says until when", async () => {
    const { userId, cookie } = await makeUser(node, await strict());
    await idle(userId, 14);
    const endsAt = await activity(cookie);
    expect(Math.round((endsAt - Date.now()) / 60_000)).toBe(15);
    await call(node, "GET", "/api/sessions", { headers: { cookie } });
    await idle(userId, 16);
    expect(await statusOf(cookie)).toBe(401);
  });

  test("A9: what the user does in one browser puts off nothing in another, and nothing of a colleague", async () => {
    const place = await strict();
    const { userId, email, cookie } = await makeUser(node, place);
    const colleague = await makeUser(node, place);
    const onPhone = await signIn(email, phone);
    for (const id of [userId, colleague.userId]) await idle(id, 14);
    await activity(cookie);
    const { rows } = await sql(
      "SELECT count(*)::int AS count FROM sessions WHERE organisation_id = $1 AND active_at > now() - interval '1 minute'",
      [place],
    );
    expect(rows).toEqual([{ count: 1 }]);
    expect(await statusOf(onPhone)).toBe(200);
  });

  test("A9: without the setting nobody is signed out for it", async () => {
    const { userId, cookie } = await makeUser(node, organisationId);
    expect(await activity(cookie)).toBeNull();
    await idle(userId, 600);
    expect(await statusOf(cookie)).toBe(200);
  });
});

describe("my sessions", () => {
  test("A9: are listed with their device and address, the one that asks marked; secrets never leave", async () => {
    const { email } = await makeUser(node, organisationId);
    await signIn(email, phone);
    const cookie = await signIn(email, desktop);
    const sessions = await sessionsOf(cookie);
    expect(sessions).toMatchObject([
      { device: "desktop", userAgent: desktop, current: true },
      { device: "phone", userAgent: phone, current: false },
    ]);
    for (const session of sessions)
      expect(session.address).toMatch(/^(::1|127\.0\.0\.1|::ffff:127\.0\.0\.1)$/);
    expect(JSON.stringify(sessions)).not.toMatch(/hash|token/i);
    await sql("UPDATE sessions SET last_seen_at = now() - interval '24 hours' WHERE id = $1", [
      sessions[1]?.id,
    ]);
    expect(await sessionsOf(cookie)).toMatchObject([{ device: "desktop" }]);
  });

  test("A9: one of them is ended, with its sockets; nobody else's is known", async () => {
    const { email } = await makeUser(node, organisationId);
    const colleague = await makeUser(node, organisationId);
    const onPhone = await signIn(email, phone);
    const tab = await connect(onPhone);
    const cookie = await signIn(email, desktop);
    const end = (id: string) => call(node, "DELETE", `/api/sessions/${id}`, { headers: { cookie } });
    const [foreign] = await sessionsOf(colleague.cookie);
    expect(failureIn(await end(foreign?.id ?? "")).code).toBe("session_unknown");
    expect(await statusOf(colleague.cookie)).toBe(200);
    const other = (await sessionsOf(cookie)).find((session) => !session.current);
    expect((await end(other?.id ?? "")).status).toBe(200);
    await eventually(() => expect(endings(tab)).toEqual(["signed_out"]));
    expect([await statusOf(onPhone), await statusOf(cookie)]).toEqual([401, 200]);
    expect(failureIn(await end(other?.id ?? "")).code).toBe("session_unknown");
  });

  test("A9: all others are ended at once, and the one that asks stays", async () => {
    const { email, cookie: first } = await makeUser(node, organisationId);
    await sql(
      "UPDATE sessions SET device = 'phone' WHERE user_id = (SELECT id FROM users WHERE email = $1)",
      [email],
    );
    const cookie = await signIn(email, desktop);
    await call(node, "POST", "/api/sessions/end-others", { headers: { cookie } });
    expect([await statusOf(first), await statusOf(cookie)]).toEqual([401, 200]);
  });
});

describe("A7: changing the password", () => {
  const change = (cookie: string, current: string, next: string) =>
    call(node, "POST", "/api/session/password", {
      body: { current, password: next },
      headers: { cookie },
    });

  test("A7: takes the current one, ends the other sessions with the reason, and keeps this one", async () => {
    const { email } = await makeUser(node, organisationId);
    const onPhone = await signIn(email, phone);
    const tab = await connect(onPhone);
    const cookie = await signIn(email, desktop);
    expect((await change(cookie, password, "another quiet teapot")).status).toBe(200);
    await eventually(() => expect(endings(tab)).toEqual(["password_changed"]));
    expect([await statusOf(onPhone), await statusOf(cookie)]).toEqual([401, 200]);
    expect((await signInWith(node, email, password)).status).toBe(401);
    expect((await signInWith(node, email, "another quiet teapot")).status).toBe(200);
  });

  test("A7: takes the power of a recovery link that was on its way", async () => {
    const { email, cookie } = await makeUser(node, organisationId);
    const token = await recoverByOperator(node.services.storage, email);
    expect((await change(cookie, password, "another quiet teapot")).status).toBe(200);
    const body = { token, password: "a teapot of somebody else" };
    expect(failureIn(await call(node, "POST", "/api/recovery/password", { body })).code).toBe(
      "recovery_revoked",
    );
    expect((await signInWith(node, email, "another quiet teapot")).status).toBe(200);
  });

  test("A7: a wrong current one changes nothing, and six of them lock the account as at the door", async () => {
    const { email, cookie } = await makeUser(node, organisationId);
    for (let time = 1; time <= 6; time++) {
      const failure = failureIn(await change(cookie, `wrong ${time}`, "another quiet teapot"));
      expect([failure.code, Object.keys(failure.fields ?? {})]).toEqual([
        "current_password_wrong",
        ["current"],
      ]);
    }
    expect(failureIn(await change(cookie, password, "another quiet teapot")).code).toBe(
      "current_password_wrong",
    );
    expect((await signInWith(node, email, password)).status).toBe(401);
  });

  test("A7: a bad new one is refused at its field, a space at its end is kept", async () => {
    const { email, cookie } = await makeUser(node, organisationId);
    for (const [bad, code] of [
      ["fourteen chars", "password_too_short"],
      ["password1password1", "password_common"],
      [email, "password_common"],
      ["x".repeat(257), "password_too_long"],
    ] as const) {
      const failure = failureIn(await change(cookie, password, bad));
      expect([failure.code, Object.keys(failure.fields ?? {})], bad).toEqual([code, ["password"]]);
    }
    expect((await change(cookie, password, "another quiet teapot ")).status).toBe(200);
    expect((await signInWith(node, email, "another quiet teapot")).status).toBe(401);
    expect((await signInWith(node, email, "another quiet teapot ")).status).toBe(200);
  });
});
