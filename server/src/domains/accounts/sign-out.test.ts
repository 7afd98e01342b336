import { type EndReason, realtimeVersion } from "@grata/contract/realtime";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../testing/checks/http.ts";
import { openRaw } from "../../../testing/checks/raw.ts";
import { connectUser, makeUser, type Person } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";

let node: TestNode;
let other: TestNode;
let organisation: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  const environment = { REDIS_URL: inject("redisUrl") };
  node = await startTestNode({ environment });
  other = await startTestNode({ environment, databaseUrl: node.databaseUrl });
  organisation = await makeOrganisation(node);
});
afterAll(async () => {
  await other.stop();
  await node.stop();
});

/** Signs in as a browser does and returns its cookie. */
async function signIn(email: string, cookie = "", userAgent = "Firefox"): Promise<string> {
  const answer = await signInWith(node, email, password, { cookie, "user-agent": userAgent });
  return `grata=${cookiesIn(answer).get("grata")?.value}`;
}

async function connectTo(where: TestNode, cookie: string): Promise<Person> {
  const person = await connectUser(where, cookie);
  onTestFinished(() => person.close());
  return person;
}

const signOut = (cookie: string) => call(node, "DELETE", "/api/session", { headers: { cookie } });
const status = async (cookie: string) =>
  (await call(node, "GET", "/api/session", { headers: { cookie } })).status;
const endings = (person: Person) => person.news.filter((item) => item.type === "session.ended");
const endsWith = (person: Person, reason: EndReason) =>
  eventually(() => {
    expect(endings(person)).toEqual([{ type: "session.ended", reason }]);
    expect(person.state).toBe("ended");
  });

describe("signing out", () => {
  test("A8: ends the session for good, and the browser forgets both of its cookies", async () => {
    const cookie = await signIn(organisation.email);
    expect(await status(cookie)).toBe(200);
    const answer = await signOut(cookie);
    expect([answer.status, answer.text]).toEqual([200, "{}"]);
    for (const name of ["grata", "__Host-grata"]) {
      const cleared = cookiesIn(answer).get(name);
      expect(cleared?.value).toBe("");
      expect(new Date(cleared?.attributes.expires ?? "").getTime()).toBe(0);
      expect(cleared?.attributes.path).toBe("/");
    }
    expect(cookiesIn(answer).get("__Host-grata")?.attributes).toHaveProperty("secure");
    expect(await status(cookie)).toBe(401);
    expect(failureIn(await signOut(cookie)).code).toBe("sign_in_required");
  });

  test("A8: ends the session's sockets at once, on every node", async () => {
    const cookie = await signIn(organisation.email);
    const sockets = [
      await connectTo(node, cookie),
      await connectTo(node, cookie),
      await connectTo(other, cookie),
    ];
    await signOut(cookie);
    // "expired" would be the other way, by the look that each node takes once in a while.
    for (const socket of sockets) await endsWith(socket, "signed_out");
    await expect(sockets[0]?.request("waiting.list", {})).rejects.toThrow();
    await expect(connectUser(node, cookie)).rejects.toMatchObject({ failure: { code: "sign_in_required" } });
  });

  test("A8: ends the connection itself: a client that does not listen is cut all the same", async () => {
    const cookie = await signIn(organisation.email);
    const deaf = [node, other].map(({ url }) =>
      openRaw(url, { as: "user", version: realtimeVersion }, { cookie }),
    );
    const sockets = await Promise.all(deaf);
    await signOut(cookie);
    for (const socket of sockets) await socket.closed;
  });

  test("A8: leaves the same person's other sessions, and everybody else's, alone", async () => {
    const cookie = await signIn(organisation.email);
    const elsewhere = await signIn(organisation.email, "", "Firefox (Android; Mobile)");
    const colleague = await makeUser(node, organisation.organisationId);
    const stay = [await connectTo(node, elsewhere), await connectTo(other, colleague.cookie)];
    const goes = await connectTo(other, cookie);
    await signOut(cookie);
    await endsWith(goes, "signed_out");
    for (const socket of stay) {
      expect((await socket.request("waiting.list", {})).total).toBe(0);
      expect(endings(socket)).toEqual([]);
    }
    expect([await status(elsewhere), await status(colleague.cookie)]).toEqual([200, 200]);
  });

  test("A8: without a session there is nothing to sign out of", async () => {
    for (const cookie of ["", "grata=nonsense"]) {
      expect(failureIn(await signOut(cookie)).code).toBe("sign_in_required");
    }
  });
});

describe("signing in again in the same browser", () => {
  test("A3: ends the session that the browser had, with its sockets", async () => {
    const first = await signIn(organisation.email);
    const socket = await connectTo(other, first);
    const colleague = await makeUser(node, organisation.organisationId);
    const second = await signIn(colleague.email, first);
    await endsWith(socket, "signed_out");
    expect([await status(first), await status(second)]).toEqual([401, 200]);
  });

  test("A3: a wrong password ends nothing", async () => {
    const cookie = await signIn(organisation.email);
    expect((await signInWith(node, organisation.email, "not this one at all", { cookie })).status).toBe(401);
    expect(await status(cookie)).toBe(200);
  });
});

describe("a session that ends in the database, by another node or an operator", () => {
  const ways: Record<string, [statement: string, reason: EndReason]> = {
    "is deleted": ["DELETE FROM sessions WHERE user_id = $1", "expired"],
    "has come to its end": ["UPDATE sessions SET expires_at = now() WHERE user_id = $1", "expired"],
    "was replaced while this node heard of nothing": [
      "UPDATE sessions SET expires_at = now(), end_reason = 'replaced' WHERE user_id = $1",
      "replaced",
    ],
    "belongs to somebody who is no longer active": [
      "UPDATE users SET status = 'disabled' WHERE id = $1",
      "disabled",
    ],
  };

  test.each(Object.keys(ways))("A8: one that %s takes its sockets along within seconds", async (way) => {
    const { userId, cookie } = await makeUser(node, organisation.organisationId);
    const stays = await connectTo(other, await signIn(organisation.email));
    const sockets = [await connectTo(node, cookie), await connectTo(other, cookie)];
    const [statement, reason] = ways[way] ?? ["", "expired"];
    await asOwner(node.databaseUrl, (client) => client.query(statement, [userId]));
    for (const socket of sockets) await endsWith(socket, reason);
    expect(endings(stays)).toEqual([]);
    expect((await stays.request("waiting.list", {})).total).toBe(0);
  });
});
