import type { UsersPage } from "@grata/contract/team";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureIn } from "../../../testing/checks/http.ts";
import { makeTeam, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

describe("B2: the list of users", () => {
  let team: Awaited<ReturnType<typeof makeTeam>>;
  beforeAll(async () => {
    team = await makeTeam(node);
    await sqlOn(
      node,
      `INSERT INTO users (organisation_id, id, name, email, role, language, status, failed_attempts, last_seen_at,
         created_at)
       SELECT $1, gen_random_uuid(), 'Person ' || n % 700, 'person' || n || '@list.example',
         CASE n % 10 WHEN 0 THEN 'admin' ELSE 'agent' END, CASE n % 3 WHEN 0 THEN 'en' ELSE 'zh-Hans' END,
         CASE n % 4 WHEN 0 THEN 'disabled' WHEN 1 THEN 'invited' ELSE 'active' END,
         CASE n % 8 WHEN 3 THEN 6 ELSE 0 END,
         CASE n % 5 WHEN 0 THEN NULL ELSE now() - make_interval(days => n % 100) END,
         now() - make_interval(days => n % 100)
       FROM generate_series(1, 2000) n`,
      [team.organisationId],
    );
  });
  const list = async (query: Record<string, string> = {}): Promise<UsersPage> =>
    JSON.parse((await team.ask("GET", `/api/team/users?${new URLSearchParams(query)}`)).text);
  async function all(query: Record<string, string>) {
    const found: UsersPage["users"] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: UsersPage = await list({ ...query, limit: "200", ...(cursor && { cursor }) });
      found.push(...page.users);
      cursor = page.next;
    }
    return found;
  }

  const keys: Record<string, (user: UsersPage["users"][number]) => string | number> = {
    name: ({ name }) => name.toLowerCase(),
    email: ({ email }) => email,
    role: ({ role }) => role,
    status: ({ status }) => status,
    language: ({ language }) => language,
    // Whoever was never seen comes as longest ago.
    lastSeen: ({ lastSeenAt }) => lastSeenAt ?? 0,
    created: ({ createdAt }) => createdAt,
  };

  test.each(Object.entries(keys))(
    "B2: by %s, in both directions, page by page everybody is there once, in order",
    async (sort, keyOf) => {
      const up = await all({ sort, direction: "ascending" });
      const down = await all({ sort, direction: "descending" });
      const inOrder = up.every((user, index) => index === 0 || keyOf(up[index - 1] ?? user) <= keyOf(user));
      expect(inOrder).toBe(true);
      expect(new Set(up.map(({ id }) => id)).size).toBe(2002);
      expect(down.reverse().map(({ id }) => id)).toEqual(up.map(({ id }) => id));
    },
  );

  test("B2: filters by status, role and language, and counts every status", async () => {
    const page = await list({ status: "locked", role: "agent", language: "zh-Hans", limit: "200" });
    expect(page.total).toBeGreaterThan(0);
    for (const user of page.users) {
      expect(user).toMatchObject({ status: "locked", role: "agent", language: "zh-Hans" });
    }
    expect(page.counts).toEqual({ invited: 500, active: 752, locked: 250, disabled: 500 });
  });

  test("B2: searches name and address in any case, and takes signs of patterns as they are", async () => {
    expect((await list({ search: " PERSON 42 " })).users.map(({ name }) => name)).toContain("Person 42");
    expect((await list({ search: "person1999@LIST" })).total).toBe(1);
    for (const search of ["%", "_", "'", "\\", "person%42"])
      expect((await list({ search })).total, search).toBe(0);
  });

  test("B7: shows who has not been seen for 30, 60 and 90 days, of those who are active", async () => {
    const day = 24 * 3_600_000;
    const everybody = await all({});
    for (const days of ["30", "60", "90"]) {
      const found = (await all({ notSeenForDays: days })).map(({ id }) => id);
      // Whoever was never seen counts from their invitation.
      const expected = everybody.filter(
        ({ status, lastSeenAt, createdAt }) =>
          ["active", "locked"].includes(status) &&
          (lastSeenAt ?? createdAt) < Date.now() - Number(days) * day,
      );
      expect(expected.filter(({ lastSeenAt }) => lastSeenAt === null)).not.toEqual([]);
      expect(found).toEqual(expected.map(({ id }) => id));
    }
  });

  test.each([{ cursor: "x" }, { limit: "0" }, { limit: "201" }, { sort: "password" }, { status: "x" }])(
    "B2: %j is refused at its field",
    async (query) => {
      const answer = await team.ask("GET", `/api/team/users?${new URLSearchParams(query as never)}`);
      expect(Object.keys(failureIn(answer).fields ?? {})).toEqual(Object.keys(query));
    },
  );

  test("H2: never shows another organisation's users, nor a password", async () => {
    const other = await makeTeam(node);
    const answer = await other.ask("GET", "/api/team/users");
    expect(JSON.parse(answer.text).total).toBe(2);
    expect(answer.text).not.toMatch(/argon2|password|hash/i);
  });
});
