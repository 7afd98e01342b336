import { realtimeVersion } from "@grata/contract/realtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { openRaw } from "../../testing/checks/raw.ts";
import { failureOf } from "../../testing/checks/refusals.ts";
import { openSql } from "../../testing/checks/stored.ts";
import { connectAgent, connectUser, makeUser } from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";
import { beginSession } from "../domains/accounts/session.ts";

let node: TestNode;
let organisationId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const ended = (reason: string) => expect.objectContaining({ type: "session.ended", reason });

describe("the sockets of a session", () => {
  test("A8: end with the sign-out, all of them at once, and those of the user's other sessions go on", async () => {
    const agent = await connectAgent(node, organisationId);
    const tab = await connectUser(node, agent.cookie);
    const token = await node.services.storage.inOrganisation(organisationId, (transaction) =>
      beginSession(
        transaction,
        { organisationId, userId: agent.userId },
        { userAgent: "another browser", address: "" },
      ),
    );
    const browser = await connectUser(node, `grata=${token}`);
    await fetch(`${node.url}/api/session`, { method: "DELETE", headers: { cookie: agent.cookie } });
    for (const person of [agent, tab]) {
      await eventually(() => expect(person.news).toContainEqual(ended("signed_out")));
      await eventually(() => expect(person.state).toBe("ended"));
    }
    expect(await browser.request("current.list", {})).toMatchObject({ conversations: [] });
    expect(browser.news).not.toContainEqual(ended("signed_out"));
    browser.close();
  });

  test("A8: end even when the client does not care to leave by itself (CVE-2021-3740)", async () => {
    const { cookie } = await makeUser(node, organisationId);
    const raw = await openRaw(node.url, { as: "user", version: realtimeVersion }, { cookie });
    expect(await raw.ask("request", { type: "current.list" })).toMatchObject({ ok: true });
    await fetch(`${node.url}/api/session`, { method: "DELETE", headers: { cookie } });
    await raw.closed;
  });

  test("A8: end a few beats after it was deleted, ran out, or its user was suspended, and those of others go on", async () => {
    const ends = [
      "DELETE FROM sessions WHERE user_id = $1",
      "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1",
      "UPDATE users SET status = 'disabled' WHERE id = $1",
    ];
    const reasons = ["expired", "expired", "disabled"];
    const sql = await openSql(node.databaseUrl);
    const other = await connectAgent(node, organisationId);
    const agents = await Promise.all(ends.map(() => connectAgent(node, organisationId)));
    for (const [index, statement] of ends.entries()) await sql.query(statement, [agents[index]?.userId]);
    for (const [index, agent] of agents.entries()) {
      await eventually(() => expect(agent.news).toContainEqual(ended(reasons[index] ?? "")));
      await eventually(() => expect(agent.state).toBe("ended"));
    }
    expect(await failureOf(other.request("conversation.mine", {}))).toMatchObject({ code: "forbidden" });
    other.close();
    await sql.end();
  });
});
