import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedBodies } from "../../../../testing/checks/bodies.ts";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { call, cookiesIn, failureIn } from "../../../../testing/checks/http.ts";
import {
  addressOf,
  fileHeaders,
  nobodysParameters,
  queryOf,
  routesOf,
} from "../../../../testing/checks/route-list.ts";
import { beginSignIn, enrol, localhost, ownFactor } from "../../../../testing/scenes/factors.ts";
import { connectUser, makeUser, refusal } from "../../../../testing/scenes/people.ts";
import { signInWith } from "../../../../testing/scenes/set-up.ts";
import { auditOf, deedsOf, makeTeam, outcomeIn, profileIn, sqlOn } from "../../../../testing/scenes/team.ts";
import { password, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import { rules } from "../../../foundation/access/permissions.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode({ environment: { TRUSTED_PROXIES: "127.0.0.1, ::1" } });
});
afterAll(() => node.stop());

const settings = {
  name: "Tea House",
  defaultLanguage: "en",
  timeZone: "UTC",
  inactivityMinutes: null,
  oneSession: false,
};
const require = (organisationId: string) =>
  sqlOn(node, "UPDATE organisations SET second_factor_required = true WHERE organisation_id = $1", [
    organisationId,
  ]);

describe("H5: an organisation that asks for a second factor", () => {
  test("H5: an admin turns it on, and it is noted", async () => {
    const team = await makeTeam(node);
    const answer = await team.ask("PUT", "/api/organisation", { ...settings, secondFactorRequired: true });
    expect(JSON.parse(answer.text)).toMatchObject({ secondFactorRequired: true });
    expect((await auditOf(node, team.organisationId)).at(-1)).toMatchObject({
      action: "organisation.changed",
      changes: { secondFactorRequired: { from: "false", to: "true" } },
    });
    // The admin who turned it on has none either.
    expect(outcomeIn(await team.ask("GET", "/api/organisation"))).toBe("second_factor_required");
  });

  test("H5: every route but a few says so to whoever has none, admins too", async () => {
    const team = await makeTeam(node);
    await require(team.organisationId);
    const open = ["session.read", "session.change", "session.end", "factors.manage"];
    for (const role of ["agent", "admin"] as const) {
      for (const { method, url, permission } of await routesOf(node)) {
        if (method === "HEAD" || permission === null || open.includes(permission)) continue;
        if (rules[permission as "page.read"]({ kind: "nobody" }, null) === "allowed") continue;
        // A visitor's, who comes with a token: to it a user is nobody.
        if (url.startsWith("/api/webchat/")) continue;
        const { cookie } = await makeUser(node, team.organisationId, { role });
        const path = addressOf(url, { ...nobodysParameters(), channelId: team.channelId }) + queryOf(url);
        const body = acceptedBodies[`${method} ${url}`];
        const headers = { cookie, ...fileHeaders };
        const answer = await call(node, method, path, { ...(body && { body }), headers });
        expect([method, url, failureIn(answer).code]).toEqual([method, url, "second_factor_required"]);
      }
    }
  });

  test("H5: every route that asks who you are takes a sign-in that owes its second step for nobody", async () => {
    const team = await makeTeam(node);
    const user = await makeUser(node, team.organisationId, { role: "admin" });
    await enrol(node, user);
    const step = await beginSignIn(node, user.email);
    const token = step.slice("grata-step=".length);
    const cookie = `${step}; grata=${token}; __Host-grata=${token}`;
    let asked = 0;
    for (const { method, url, permission } of await routesOf(node)) {
      if (method === "HEAD" || permission === null) continue;
      if (rules[permission as "page.read"]({ kind: "nobody" }, null) === "allowed") continue;
      const address = addressOf(url, { ...nobodysParameters(), channelId: team.channelId }) + queryOf(url);
      const body = acceptedBodies[`${method} ${url}`];
      const headers = { cookie, ...fileHeaders };
      const answer = await call(node, method, address, { ...(body && { body }), headers });
      expect([method, url, failureIn(answer).code]).toEqual([method, url, "sign_in_required"]);
      asked++;
    }
    expect(asked).toBeGreaterThan(30);
    expect(await refusal(connectUser(node, cookie))).toBe("sign_in_required");
  });

  test("H5: they are told who they are and that they owe it; with a factor everything opens", async () => {
    const team = await makeTeam(node);
    await require(team.organisationId);
    const user = await makeUser(node, team.organisationId);
    const session = () => call(node, "GET", "/api/session", { headers: { cookie: user.cookie } });
    expect(JSON.parse((await session()).text).secondFactorMissing).toBe(true);
    expect(await refusal(connectUser(node, user.cookie))).toBe("second_factor_required");
    const signedIn = await signInWith(node, user.email, password);
    expect(JSON.parse(signedIn.text).secondFactorMissing).toBe(true);
    const cookie = `grata=${cookiesIn(signedIn).get("grata")?.value}`;
    expect(JSON.parse((await ownFactor(node, cookie, "")).text).required).toBe(true);
    await enrol(node, { cookie });
    const socket = await connectUser(node, cookie);
    expect((await socket.request("current.list", {})).conversations).toEqual([]);
    socket.close();
    expect(outcomeIn(await call(node, "GET", "/api/sessions", { headers: { cookie } }))).toBe("yes");
  });

  test("H5: sockets that were open are shut within seconds, and those with a factor stay", async () => {
    const team = await makeTeam(node);
    const [bare, safe] = [
      await makeUser(node, team.organisationId),
      await makeUser(node, team.organisationId),
    ];
    await enrol(node, safe);
    const [shut, open] = [await connectUser(node, bare.cookie), await connectUser(node, safe.cookie)];
    await require(team.organisationId);
    await eventually(() => expect(shut.state).toBe("refused"), 10_000);
    expect(open.state).toBe("open");
    shut.close();
    open.close();
  });

  test("H5: without it nobody is asked", async () => {
    const team = await makeTeam(node);
    expect(outcomeIn(await team.ask("GET", "/api/organisation"))).toBe("yes");
  });
});

describe("H5: an admin resets a colleague's second factor", () => {
  test("H5: sees it on the profile, takes it away; it is noted, mailed, and the sessions end", async () => {
    const team = await makeTeam(node);
    const user = await makeUser(node, team.organisationId);
    await sqlOn(node, "UPDATE users SET language = 'zh-Hans' WHERE id = $1", [user.userId]);
    expect(profileIn(await team.ask("GET", `/api/team/users/${user.userId}`)).secondFactor).toBe(false);
    await enrol(node, user);
    expect(profileIn(await team.ask("GET", `/api/team/users/${user.userId}`)).secondFactor).toBe(true);
    const step = await beginSignIn(node, user.email);
    const answer = profileIn(await team.act(user.userId, "reset-second-factor"));
    expect(answer).toMatchObject({ secondFactor: false, sessions: [] });
    expect((await call(node, "GET", "/api/session", { headers: { cookie: user.cookie } })).status).toBe(401);
    const code = { step: "recovery", code: "x" };
    const late = await call(node, "POST", "/api/session/code", { body: code, headers: { cookie: step } });
    expect(outcomeIn(late)).toBe("second_step_over");
    expect(JSON.parse((await signInWith(node, user.email, password)).text).user.id).toBe(user.userId);
    expect((await auditOf(node, user.userId)).at(-1)).toMatchObject({ action: "factor.reset", actor: "Ada" });
    const [mail] = await sqlOn(
      node,
      "SELECT kind, language FROM mails WHERE recipient = $1 ORDER BY id DESC LIMIT 1",
      [user.email],
    );
    expect(mail).toEqual({ kind: "factor_reset", language: "zh-Hans" });
    expect(outcomeIn(await team.act(user.userId, "reset-second-factor"))).toBe("second_factor_absent");
  });

  test("H2, H5: not an agent, not an admin elsewhere, and not one's own", async () => {
    const team = await makeTeam(node);
    const elsewhere = await makeTeam(node);
    const user = await makeUser(node, team.organisationId);
    await enrol(node, user);
    await enrol(node, team.admin);
    const agent = await makeUser(node, team.organisationId);
    const reset = async (cookie: string, userId: string) =>
      outcomeIn(await deedsOf(node, cookie).act(userId, "reset-second-factor"));
    expect(await reset(agent.cookie, user.userId)).toBe("forbidden");
    expect(await reset(elsewhere.admin.cookie, user.userId)).toBe("user_unknown");
    expect(await reset(team.admin.cookie, team.admin.userId)).toBe("forbidden");
    const headers = { origin: localhost(node) };
    expect(
      outcomeIn(await call(node, "POST", `/api/team/users/${user.userId}/reset-second-factor`, { headers })),
    ).toBe("sign_in_required");
  });
});
