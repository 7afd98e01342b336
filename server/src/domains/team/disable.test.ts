import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call } from "../../../testing/checks/http.ts";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { expectDenseLogs, openSql, storedLog } from "../../../testing/checks/stored.ts";
import { makeAgent, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { connectAgent, connectVisitor, makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { auditOf, deedsOf, makeTeam, outcomeIn, profileIn, sqlOn } from "../../../testing/scenes/team.ts";
import { password, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { recoverByOperator } from "../accounts/operator.ts";
import { claim, claimNext } from "../conversations/claim.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

describe("B6: disabling", () => {
  test("B6: ends sessions and sockets at once, puts open chats back on the wait list, and keeps the user out", async () => {
    const team = await makeTeam(node);
    const agent = await connectAgent(node, team.organisationId);
    const colleague = await connectAgent(node, team.organisationId);
    const visitor = await connectVisitor(node, team.channelId);
    onTestFinished(() => {
      colleague.close();
      visitor.close();
    });
    const { conversation, entry } = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "Hello",
    });
    const conversationId = conversation.id;
    await agent.request("conversation.claim", { conversationId });
    await eventually(() =>
      expect(colleague.news).toContainEqual(expect.objectContaining({ removed: [conversationId] })),
    );
    colleague.news.length = 0;
    expect(profileIn(await team.act(agent.userId, "disable")).user.status).toBe("disabled");
    await eventually(() => expect(agent.news).toContainEqual({ type: "session.ended", reason: "disabled" }));
    const own = { headers: { cookie: agent.cookie } };
    expect((await call(node, "GET", "/api/session", own)).status).toBe(401);
    await eventually(() =>
      expect(colleague.news).toContainEqual(
        expect.objectContaining({
          type: "waiting.changed",
          total: 1,
          // In the place that their waiting for an answer gives them.
          changed: [expect.objectContaining({ id: conversationId, waitingSince: entry.at })],
        }),
      ),
    );
    await colleague.request("conversation.claim", { conversationId });
    await colleague.request("message.send", { conversationId, clientId: newClientId(), text: "I am here" });
    const sql = await openSql(node.databaseUrl);
    onTestFinished(() => sql.end());
    await expectDenseLogs(sql);
    const kinds = (await storedLog(sql, conversationId)).map(({ kind }) => kind);
    expect(kinds).toEqual(["message", "claimed", "released", "claimed", "message"]);
    const { entries } = await visitor.request("entries.after", { conversationId, after: 0 });
    expect(entries.map(({ occurrence }) => occurrence.kind)).toEqual([
      "message",
      "claimed",
      "hidden",
      "claimed",
      "message",
    ]);
    expect((await auditOf(node, agent.userId)).at(-1)).toMatchObject({
      action: "user.disabled",
      actor: "Ada",
    });
  });

  test("B6: the user can be enabled again, and signs in with the password that they had", async () => {
    const team = await makeTeam(node);
    const { userId, email } = await makeUser(node, team.organisationId);
    await team.act(userId, "disable");
    expect((await signInWith(node, email, password)).status).toBe(401);
    expect(outcomeIn(await team.act(userId, "disable"))).toBe("user_not_active");
    expect(profileIn(await team.act(userId, "enable")).user.status).toBe("active");
    expect((await signInWith(node, email, password)).status).toBe(200);
    expect(outcomeIn(await team.act(userId, "enable"))).toBe("user_not_disabled");
  });

  test("B6: of who was locked too; enabled again they can sign in, and no recovery link from before works", async () => {
    const team = await makeTeam(node);
    const { userId, email } = await makeUser(node, team.organisationId);
    const token = await recoverByOperator(node.services.storage, email);
    for (let time = 1; time <= attemptsAllowed; time++)
      await signInWith(node, email, "a wrong password here");
    expect(profileIn(await team.act(userId, "disable")).user.status).toBe("disabled");
    const body = { token, password: "another quiet teapot" };
    expect(outcomeIn(await call(node, "POST", "/api/recovery/password", { body }))).toBe("recovery_revoked");
    expect(profileIn(await team.act(userId, "enable")).user.status).toBe("active");
    expect((await signInWith(node, email, password)).status).toBe(200);
  });

  test("B6: a chat that is claimed at the moment its agent is disabled is not left with them", async () => {
    const team = await makeTeam(node);
    for (let round = 1; round <= 8; round++) {
      const agent = await connectAgent(node, team.organisationId);
      const visitor = await connectVisitor(node, team.channelId);
      const opening = { clientId: newClientId(), text: "Hello" };
      const { conversation } = await visitor.request("conversation.open", opening);
      await Promise.allSettled([
        round % 2 === 0
          ? agent.request("conversation.claimNext", { order: "longest" })
          : agent.request("conversation.claim", { conversationId: conversation.id }),
        team.act(agent.userId, "disable"),
      ]);
      agent.close();
      visitor.close();
      const left = await sqlOn(node, "SELECT FROM conversations WHERE claimed_by = $1", [agent.userId]);
      expect(left).toEqual([]);
    }
  });

  test("B6: a claim that was on its way when its agent was disabled takes nothing", async () => {
    const team = await makeTeam(node);
    const agent = await makeAgent(node, team);
    const { id } = await makeWaitingChat(node, team);
    await team.act(agent.userId, "disable");
    const { storage, channels } = node.services;
    const { capabilitiesOf } = channels;
    expect(await refusalOf(claim(storage, agent, { conversationId: id }, capabilitiesOf))).toBe(
      "sign_in_required",
    );
    expect(await refusalOf(claimNext(storage, agent, { order: "longest" }, capabilitiesOf))).toBe(
      "sign_in_required",
    );
  });

  test("B6: the last active admin can be neither disabled nor made an agent", async () => {
    const team = await makeTeam(node);
    const { userId } = team.admin;
    const locked = await makeUser(node, team.organisationId, { role: "admin" });
    await sqlOn(node, "UPDATE users SET failed_attempts = $2 WHERE id = $1", [
      locked.userId,
      attemptsAllowed,
    ]);
    expect(outcomeIn(await team.act(userId, "disable"))).toBe("last_admin");
    const demoted = await team.ask("PATCH", `/api/team/users/${userId}`, { role: "agent", name: "Eve" });
    expect(outcomeIn(demoted)).toBe("last_admin");
    expect(profileIn(await team.ask("GET", `/api/team/users/${userId}`)).user).toMatchObject({
      name: "Ada",
      role: "admin",
      status: "active",
    });
    expect(await auditOf(node, userId)).toEqual([]);
  });

  test.each(["disable", "demote"])(
    "B6: of two admins who %s each other at the same moment one stays",
    async (deed) => {
      for (let round = 1; round <= 6; round++) {
        const team = await makeTeam(node);
        const second = await makeUser(node, team.organisationId, { role: "admin" });
        const act = (cookie: string, userId: string) =>
          deed === "disable"
            ? deedsOf(node, cookie).act(userId, "disable")
            : deedsOf(node, cookie).ask("PATCH", `/api/team/users/${userId}`, { role: "agent" });
        const answers = await Promise.all([
          act(team.admin.cookie, second.userId),
          act(second.cookie, team.admin.userId),
        ]);
        const outcomes = answers.map(outcomeIn).sort();
        expect(outcomes[1]).toBe("yes");
        expect(["forbidden", "sign_in_required"]).toContain(outcomes[0]);
        const left = await sqlOn(
          node,
          "SELECT FROM users WHERE organisation_id = $1 AND role = 'admin' AND status = 'active'",
          [team.organisationId],
        );
        expect(left).toHaveLength(1);
      }
    },
  );
});
