import { heldPermissions } from "@grata/contract/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner, formsStored } from "../../../testing/checks/contents.ts";
import { call, cookiesIn, failureIn } from "../../../testing/checks/http.ts";
import { connectUser, makeUser, refusal } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";

let node: TestNode;
let admin: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  admin = await makeOrganisation(node, "Tea House");
});
afterAll(() => node.stop());

const session = (cookie: string) => call(node, "GET", "/api/session", { headers: { cookie } });

describe("signing in", () => {
  test("A3: by address and password gives a session, over HTTP and on the socket", async () => {
    const answer = await signInWith(node, admin.email, password);
    expect(answer.status).toBe(200);
    const profile = JSON.parse(answer.text);
    expect(profile).toEqual({
      secondFactorMissing: false,
      user: {
        id: admin.userId,
        name: "Ada Admin",
        email: admin.email,
        role: "admin",
        permissions: [...heldPermissions],
        language: "en",
        timeZone: null,
        notifications: "all",
      },
      organisation: {
        id: admin.organisationId,
        name: "Tea House",
        timeZone: "UTC",
        defaultLanguage: "en",
        inactivityMinutes: null,
      },
    });
    const cookie = `grata=${cookiesIn(answer).get("grata")?.value}`;
    expect(JSON.parse((await session(cookie)).text)).toEqual(profile);
    const socket = await connectUser(node, cookie);
    expect((await socket.request("current.list", {})).conversations).toEqual([]);
    socket.close();
    const { rows } = await asOwner(node.databaseUrl, (client) =>
      client.query(
        "SELECT round(extract(epoch FROM max(expires_at) - now()) / 3600)::int AS hours FROM sessions WHERE user_id = $1",
        [admin.userId],
      ),
    );
    expect(rows).toEqual([{ hours: 14 * 24 }]);
  });

  test("A3: an address in other capitals and with spaces around it is the same address", async () => {
    expect((await signInWith(node, ` ${admin.email.toUpperCase()} `, password)).status).toBe(200);
  });

  test("A3: gives a new token each time, and never the one that came along", async () => {
    const planted = "planted-by-somebody-else-0123456789abcdefghi";
    const tokens = new Set([planted]);
    for (const cookie of ["", `grata=${planted}`, `__Host-grata=${planted}`]) {
      const answer = await signInWith(node, admin.email, password, { cookie });
      const token = cookiesIn(answer).get("grata")?.value ?? "";
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(tokens).not.toContain(token);
      tokens.add(token);
    }
    expect((await session(`grata=${planted}`)).status).toBe(401);
  });

  test("A3: stores the token only as a hash, and the password not at all", async () => {
    const answer = await signInWith(node, admin.email, password);
    const token = cookiesIn(answer).get("grata")?.value ?? "";
    expect(await formsStored(node.databaseUrl, token)).toEqual([]);
    expect(await formsStored(node.databaseUrl, password)).toEqual([]);
    expect(answer.text).not.toContain(token);
  });
});

describe("a sign-in that fails", () => {
  test("A3: a password of a thousand characters is compared, a longer one is not even read", async () => {
    expect(failureIn(await signInWith(node, admin.email, "x".repeat(1_024))).code).toBe("credentials_wrong");
    expect(failureIn(await signInWith(node, admin.email, "x".repeat(1_025))).code).toBe("request_invalid");
  });
});

describe("a session that is over", () => {
  const endings: Record<string, string> = {
    "has come to its end": "UPDATE sessions SET expires_at = now() - interval '1 second'",
    "was not used for a day": "UPDATE sessions SET last_seen_at = now() - interval '24 hours 1 second'",
    "was deleted": "DELETE FROM sessions",
    "belongs to somebody who is no longer active": "UPDATE users SET status = 'disabled'",
  };

  test.each(Object.keys(endings))(
    "A3: one that %s opens nothing, over HTTP and on the socket",
    async (ending) => {
      const { userId, cookie } = await makeUser(node, admin.organisationId);
      expect((await session(cookie)).status).toBe(200);
      const statement = endings[ending] ?? "";
      const which = statement.includes("users") ? "id" : "user_id";
      await asOwner(node.databaseUrl, (client) => client.query(`${statement} WHERE ${which} = $1`, [userId]));
      expect(failureIn(await session(cookie)).code).toBe("sign_in_required");
      expect(await refusal(connectUser(node, cookie))).toBe("sign_in_required");
    },
  );

  test("A3: one in use lasts: being seen is written down", async () => {
    const { userId, cookie } = await makeUser(node, admin.organisationId);
    const lastSeen = (set: string) =>
      asOwner(node.databaseUrl, async (client) => {
        const query = `UPDATE sessions SET ${set} WHERE user_id = $1 RETURNING last_seen_at > now() - interval '1 minute' AS fresh`;
        return (await client.query<{ fresh: boolean }>(query, [userId])).rows[0]?.fresh;
      });
    expect(await lastSeen("last_seen_at = now() - interval '23 hours'")).toBe(false);
    expect((await session(cookie)).status).toBe(200);
    expect(await lastSeen("last_seen_at = last_seen_at")).toBe(true);
  });
});

test.each(["grata=", "grata=x", `grata=${"x".repeat(100)}`, "grata", "grata=%00", "grata=%zz", "=;=;"])(
  "A3: the cookie %j is nobody's",
  async (cookie) => {
    expect(failureIn(await session(cookie)).code).toBe("sign_in_required");
    expect(await refusal(connectUser(node, cookie))).toBe("sign_in_required");
  },
);
