import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, cookiesIn } from "../../../testing/checks/http.ts";
import { linkIn, type MailBox, openMailBox, secretOf } from "../../../testing/outside/mail-box.ts";
import { connectUser, makeUser, refusal } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { sqlOn } from "../../../testing/scenes/team.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";

let node: TestNode;
let box: MailBox;
let organisationId: string;
let admin: string;

beforeAll(async () => {
  box = await openMailBox();
  node = await startTestNode({ environment: { SMTP_URL: box.url } });
  ({ organisationId } = await makeOrganisation(node));
  admin = (await makeUser(node, organisationId, { role: "admin" })).cookie;
});
afterAll(async () => {
  await node.stop();
  await box.down();
});

type Somebody = { userId: string; email: string; cookie: string };
const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Mobile/15E148 Safari/604.1";

const ask = (cookie: string, method: string, path: string, body?: object) =>
  call(node, method, path, { ...(body && { body }), headers: { cookie } });
const signIn = async (email: string, userAgent = "test") => {
  const answer = await signInWith(node, email, password, { "user-agent": userAgent });
  expect(answer.status).toBe(200);
  return `grata=${cookiesIn(answer).get("grata")?.value}`;
};
const byAdmin = (userId: string, deed: string) => ask(admin, "POST", `/api/team/users/${userId}/${deed}`);
const set = (userId: string, column: string, ago: string) =>
  sqlOn(node, `UPDATE sessions SET ${column} = now() - interval '${ago}' WHERE user_id = $1`, [userId]);

/** Everything by which a session ends, done from elsewhere than the session's own socket. */
const endings: Record<string, (somebody: Somebody) => Promise<unknown>> = {
  "its user logs out in another tab": ({ cookie }) => ask(cookie, "DELETE", "/api/session"),
  "its user signs in on another computer": ({ email }) => signIn(email),
  "its user ends it on the phone": async ({ email }) => {
    const other = await signIn(email, phone);
    const { sessions } = JSON.parse((await ask(other, "GET", "/api/sessions")).text);
    const [session] = sessions.filter(({ current }: { current: boolean }) => !current);
    return ask(other, "DELETE", `/api/sessions/${session.id}`);
  },
  "its user ends all others on the phone": async ({ email }) =>
    ask(await signIn(email, phone), "POST", "/api/sessions/end-others"),
  "its user changes the password on the phone": async ({ email }) =>
    ask(await signIn(email, phone), "POST", "/api/session/password", {
      current: password,
      password: "another quiet teapot",
    }),
  "its user recovers the password": async ({ email }) => {
    await call(node, "POST", "/api/recovery", { body: { email } });
    await eventually(() => expect(box.to(email)).toHaveLength(1));
    const [mail] = box.to(email);
    const token = mail ? secretOf(linkIn(mail)) : "";
    const body = { token, password: "another quiet teapot" };
    return call(node, "POST", "/api/recovery/password", { body });
  },
  "an admin ends it": ({ userId }) => byAdmin(userId, "end-sessions"),
  "an admin disables its user": ({ userId }) => byAdmin(userId, "disable"),
  "it comes to its end": ({ userId }) => set(userId, "expires_at", "1 second"),
  "nobody used it for a day": ({ userId }) => set(userId, "last_seen_at", "24 hours 1 second"),
  "it was deleted": ({ userId }) => sqlOn(node, "DELETE FROM sessions WHERE user_id = $1", [userId]),
};

describe("A8, A9, B6: a session that is over opens neither door", () => {
  test.each(Object.keys(endings))("A8, A9, B6: when %s", async (ending) => {
    const somebody = await makeUser(node, organisationId);
    const { cookie } = somebody;
    const socket = await connectUser(node, cookie);
    onTestFinished(() => socket.close());
    expect((await ask(cookie, "GET", "/api/session")).status).toBe(200);
    expect(await socket.request("current.list", {})).toMatchObject({ conversations: [] });

    await endings[ending]?.(somebody);
    expect((await ask(cookie, "GET", "/api/session")).status).toBe(401);
    expect((await ask(cookie, "PATCH", "/api/session", { language: "en" })).status).toBe(401);
    expect(await refusal(connectUser(node, cookie))).toBe("sign_in_required");
    await eventually(() => expect(socket.state).toBe("ended"));
    await expect(socket.request("current.list", {})).rejects.toThrow();
  });
});

describe("A9: a session that is used by its socket alone", () => {
  const seen = async (userId: string) => {
    const [row] = await sqlOn<{ fresh: boolean }>(
      node,
      "SELECT bool_and(s.last_seen_at > now() - interval '1 minute' AND u.last_seen_at > now() - interval '1 minute') AS fresh FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.id = $1",
      [userId],
    );
    return row?.fresh;
  };

  test("A9, B2: lasts, and its user counts as seen, by what they do; what the console asks by itself does not count", async () => {
    const { userId, cookie } = await makeUser(node, organisationId);
    await set(userId, "last_seen_at", "4 minutes 59 seconds");
    const socket = await connectUser(node, cookie);
    onTestFinished(() => socket.close());
    await set(userId, "last_seen_at", "23 hours");
    await socket.request("current.list", {});
    await socket.request("waiting.list", {});
    expect(await seen(userId)).toBe(false);
    expect(await refusal(socket.request("conversation.claimNext", { order: "longest" }))).toBe(
      "wait_list_empty",
    );
    await eventually(async () => expect(await seen(userId)).toBe(true));
  });
});
