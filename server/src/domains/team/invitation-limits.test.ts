import { afterAll, beforeAll, expect, test } from "vitest";
import { failureIn } from "../../../testing/checks/http.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { deedsOf, makeTeam, outcomeIn, profileIn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const line = (email: string) => ({ name: "Mei", email, role: "agent", language: "en" });

test("B1: an address gets one invitation and two more, and the next only when some minutes are over", async () => {
  const team = await makeTeam(node);
  const email = "bombed@tea.example";
  const { user } = profileIn(await team.invite({ email }));
  const resend = () => team.act(user.id, "invitation");
  expect([outcomeIn(await resend()), outcomeIn(await resend())]).toEqual(["yes", "yes"]);
  const refused = await resend();
  expect([refused.status, failureIn(refused).code]).toEqual([429, "too_many_requests"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);

  // Not by taking it back, nor by a list, nor by another organisation either.
  expect((await team.ask("DELETE", `/api/team/users/${user.id}/invitation`)).status).toBe(200);
  const other = await makeTeam(node);
  for (const { invite, ask } of [team, other]) {
    expect(outcomeIn(await invite({ email }))).toBe("too_many_requests");
    const lines = [line(email), line(`next.${email}`)];
    const report = JSON.parse((await ask("POST", "/api/team/invitations/many", { lines })).text);
    expect(report.lines[0]).toMatchObject({ outcome: "refused", code: "too_many_requests" });
  }
});

test("B3: an organisation invites two thousand people and more, but not without end, and others go on", async () => {
  const [team, other] = [await makeTeam(node), await makeTeam(node)];
  const many = (list: number) => {
    const lines = Array.from({ length: 500 }, (_, number) => line(`p${number}.${list}@big.example`));
    return team.ask("POST", "/api/team/invitations/many", { lines });
  };
  const agent = deedsOf(node, (await makeUser(node, team.organisationId)).cookie);
  // An agent who may not invite uses up nothing of the limit.
  for (let time = 0; time < 3; time++) {
    const lines = Array.from({ length: 500 }, () => line("nobody@big.example"));
    expect(outcomeIn(await agent.ask("POST", "/api/team/invitations/many", { lines }))).toBe("forbidden");
  }
  for (const list of [1, 2, 3, 4, 5]) expect(outcomeIn(await many(list))).toBe("yes");
  expect(outcomeIn(await many(6))).toBe("too_many_requests");
  expect(outcomeIn(await team.invite({ email: "one.more@big.example" }))).toBe("too_many_requests");
  expect(outcomeIn(await other.invite({ email: "elsewhere@small.example" }))).toBe("yes");
});
