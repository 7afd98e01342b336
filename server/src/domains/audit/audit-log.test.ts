import type { AuditPage } from "@grata/contract/audit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeUser } from "../../../testing/scenes/people.ts";
import { makeTeam, outcomeIn, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let team: Awaited<ReturnType<typeof makeTeam>>;

beforeAll(async () => {
  node = await startTestNode();
  team = await makeTeam(node);
});
afterAll(() => node.stop());

const read = async (query: Record<string, string> = {}, by = team): Promise<AuditPage> =>
  JSON.parse((await by.ask("GET", `/api/audit-log?${new URLSearchParams(query)}`)).text);

describe("H3: the audit log", () => {
  test("H3: says who did what to whom, when and from where, newest first", async () => {
    const { userId } = await makeUser(node, team.organisationId, { name: "Mei" });
    const began = Date.now();
    await team.act(userId, "disable");
    await team.act(userId, "enable");
    const [newest, before] = (await read({ targetId: userId })).entries;
    expect([newest?.action, before?.action]).toEqual(["user.enabled", "user.disabled"]);
    expect(newest).toMatchObject({
      by: "user",
      actor: { id: team.admin.userId, name: "Ada" },
      target: { id: userId, name: "Mei" },
      changes: {},
    });
    expect(newest?.address).toMatch(/127\.0\.0\.1|::1/);
    expect(Math.abs((newest?.at ?? 0) - began)).toBeLessThan(60_000);
  });

  test("H3: has what is done to a channel, with what it was, and never a secret", async () => {
    const other = await makeTeam(node);
    const made = JSON.parse((await other.ask("POST", "/api/channels/web-chat", { name: "Shop" })).text);
    const path = `/api/channels/web-chat/${made.id}`;
    await other.ask("PUT", path, {
      ...made.settings,
      colour: "#112233",
      allowedOrigins: ["https://shop.example"],
    });
    const { secret } = JSON.parse((await other.ask("POST", `${path}/secret`, { endFormer: false })).text);
    const page = await read({ targetId: made.id }, other);
    expect(page.entries.map(({ action }) => action)).toEqual([
      "channel.secret_made",
      "channel.changed",
      "channel.created",
    ]);
    expect(page.entries[1]?.changes).toEqual({
      colour: { from: "#1b5e57", to: "#112233" },
      allowedOrigins: { from: "[]", to: '["https://shop.example"]' },
    });
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(page)).not.toContain(secret);
  });

  test("H3: what was refused is not in it", async () => {
    const { userId } = await makeUser(node, team.organisationId);
    await team.act(userId, "unlock");
    await team.act(team.admin.userId, "disable");
    expect((await read({ targetId: userId })).entries).toEqual([]);
    expect((await read({ targetId: team.admin.userId })).entries).toEqual([]);
  });

  test("H3: is filtered by actor, action and time, and read page by page without a gap", async () => {
    const busy = await makeTeam(node);
    const { userId } = await makeUser(node, busy.organisationId);
    await sqlOn(
      node,
      `INSERT INTO audit_entries (organisation_id, id, at, action, by, target_name, address, changes)
       SELECT $1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, to_timestamp(n * 1000),
         CASE n % 2 WHEN 0 THEN 'user.locked' ELSE 'user.changed' END, 'system', 'Person ' || n, '', '{}'
       FROM generate_series(1, 250) n`,
      [busy.organisationId],
    );
    await busy.act(userId, "disable");
    const names: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: AuditPage = await read(cursor ? { cursor } : {}, busy);
      names.push(...page.entries.map(({ target }) => target.name));
      cursor = page.next;
    }
    expect(names.slice(1)).toEqual(Array.from({ length: 250 }, (_, index) => `Person ${250 - index}`));
    const mine = await read({ actorId: busy.admin.userId }, busy);
    expect(mine.entries.map(({ action }) => action)).toEqual(["user.disabled"]);
    const locked = await read({ action: "user.locked", from: "10000000", to: "20000000" }, busy);
    expect(locked.entries.map(({ at }) => at / 1_000_000)).toEqual([18, 16, 14, 12, 10]);
  });

  test("H2, H3: shows nothing of another organisation, and takes no nonsense", async () => {
    const other = await makeTeam(node);
    expect((await read({}, other)).entries).toEqual([]);
    for (const query of ["actorId=x", "action=user.deleted", "from=yesterday", "cursor=1"]) {
      expect(outcomeIn(await team.ask("GET", `/api/audit-log?${query}`)), query).toBe("request_invalid");
    }
  });
});
