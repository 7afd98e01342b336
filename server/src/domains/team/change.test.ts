import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { failureIn } from "../../../testing/checks/http.ts";
import {
  connectAgent,
  connectUser,
  connectVisitor,
  makeUser,
  newClientId,
} from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { auditOf, deedsOf, makeTeam, outcomeIn, profileIn } from "../../../testing/scenes/team.ts";
import { password, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

describe("B12: changing a user", () => {
  test("B12: name, role and language, each noted with what it was; nothing else is taken", async () => {
    const team = await makeTeam(node);
    const { userId } = await makeUser(node, team.organisationId, { name: "Mei" });
    const other = await makeTeam(node);
    const body = {
      name: " Mei Lin ",
      role: "admin",
      language: "zh-Hans",
      status: "disabled",
      email: "x@y.example",
      organisationId: other.organisationId,
    };
    const { user } = profileIn(await team.ask("PATCH", `/api/team/users/${userId}`, body));
    expect(user).toMatchObject({ name: "Mei Lin", role: "admin", language: "zh-Hans", status: "active" });
    expect(user.email).not.toBe("x@y.example");
    expect(await auditOf(node, userId)).toEqual([
      {
        action: "user.changed",
        actor: "Ada",
        changes: {
          name: { from: "Mei", to: "Mei Lin" },
          role: { from: "agent", to: "admin" },
          language: { from: "en", to: "zh-Hans" },
        },
      },
    ]);
    await team.ask("PATCH", `/api/team/users/${userId}`, {});
    expect(await auditOf(node, userId)).toHaveLength(1);
    expect(outcomeIn(await team.ask("PATCH", `/api/team/users/${userId}`, { role: "owner" }))).toBe(
      "request_invalid",
    );
  });

  test.each([
    [{ name: "" }, "name_empty"],
    [{ name: " \t " }, "name_empty"],
    [{ name: "x".repeat(500) }, "name_too_long"],
    [{ name: "x".repeat(121) }, "name_too_long"],
    [{ name: "Mei\u202egnp.exe" }, "name_not_text"],
    [{ name: "Mei\u2066\u2069" }, "name_not_text"],
    [{ name: "Mei\nAda" }, "name_not_text"],
    [{ name: "Mei\0" }, "name_not_text"],
    [{ role: "owner" }, "request_invalid"],
    [{ role: ["admin"] }, "request_invalid"],
    [{ role: null }, "request_invalid"],
    [{ language: "tlh" }, "request_invalid"],
  ])("B12: %j is refused at its field, and nothing is changed", async (wrong, code) => {
    const team = await makeTeam(node);
    const { userId } = await makeUser(node, team.organisationId, { name: "Mei" });
    const all = { name: "Changed", role: "admin", ...wrong };
    const failure = failureIn(await team.ask("PATCH", `/api/team/users/${userId}`, all));
    expect([failure.code, Object.keys(failure.fields ?? {})]).toEqual([code, Object.keys(wrong)]);
    const { user } = profileIn(await team.ask("GET", `/api/team/users/${userId}`));
    expect(user).toMatchObject({ name: "Mei", role: "agent", language: "en" });
    expect(await auditOf(node, userId)).toEqual([]);
  });

  test("B1, B12: nobody gives themselves a role: not an agent by any route, not by their own settings", async () => {
    const team = await makeTeam(node);
    const { userId, cookie } = await makeUser(node, team.organisationId);
    const agent = deedsOf(node, cookie);
    const body = { role: "admin", name: "Mei", language: "en" };
    expect(outcomeIn(await agent.ask("PATCH", `/api/team/users/${userId}`, body))).toBe("forbidden");
    expect(outcomeIn(await agent.ask("PATCH", "/api/session", body))).toBe("yes");
    const { user } = profileIn(await team.ask("GET", `/api/team/users/${userId}`));
    expect(user.role).toBe("agent");
  });

  test("B12: the new role holds over HTTP at once, and on open sockets a few beats later", async () => {
    const team = await makeTeam(node);
    const admin = await connectAgent(node, team.organisationId, "admin");
    onTestFinished(() => admin.close());
    const agent = await connectAgent(node, team.organisationId);
    const visitor = await connectVisitor(node, team.channelId);
    onTestFinished(() => {
      agent.close();
      visitor.close();
    });
    const { conversation } = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "Hello",
    });
    await agent.request("conversation.claim", { conversationId: conversation.id });
    const peek = () =>
      admin.request("entries.after", { conversationId: conversation.id, after: 0 }).then(
        () => "seen",
        () => "not seen",
      );
    expect(await peek()).toBe("seen");
    await team.ask("PATCH", `/api/team/users/${admin.userId}`, { role: "agent" });
    expect(outcomeIn(await deedsOf(node, admin.cookie).ask("GET", "/api/team/users"))).toBe("forbidden");
    await eventually(async () => expect(await peek()).toBe("not seen"));
    await eventually(() => expect(admin.state).toBe("open"));
  });
});

describe("the other entries of the wrench", () => {
  test("A5: an admin unlocks, and the user signs in", async () => {
    const team = await makeTeam(node);
    const { userId, email } = await makeUser(node, team.organisationId);
    for (let time = 1; time <= attemptsAllowed; time++) await signInWith(node, email, "wrong");
    expect(profileIn(await team.ask("GET", `/api/team/users/${userId}`)).user.status).toBe("locked");
    expect(profileIn(await team.act(userId, "unlock")).user.status).toBe("active");
    expect((await signInWith(node, email, password)).status).toBe(200);
    expect(outcomeIn(await team.act(userId, "unlock"))).toBe("user_not_locked");
    expect((await auditOf(node, userId)).map(({ action }) => action)).toEqual([
      "user.locked",
      "user.unlocked",
    ]);
  });

  test("A9: an admin ends all sessions of a user, who signs in again", async () => {
    const team = await makeTeam(node);
    const { userId, email, cookie } = await makeUser(node, team.organisationId);
    const tab = await connectUser(node, cookie);
    expect(profileIn(await team.ask("GET", `/api/team/users/${userId}`)).sessions).toHaveLength(1);
    expect(profileIn(await team.act(userId, "end-sessions")).sessions).toEqual([]);
    await eventually(() => expect(tab.state).toBe("ended"));
    expect((await signInWith(node, email, password)).status).toBe(200);
  });
});
