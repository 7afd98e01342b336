import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, failureIn } from "../../../../testing/checks/http.ts";
import { makeUser } from "../../../../testing/scenes/people.ts";
import { auditOf, makeTeam, outcomeIn } from "../../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const settings = {
  name: "Panda Tea",
  defaultLanguage: "zh-Hant",
  timeZone: "Asia/Taipei",
  inactivityMinutes: 30,
  oneSession: false,
  secondFactorRequired: false,
  absenceSeconds: 300,
};

describe("A9, C6: the settings of an organisation", () => {
  test("C6: are kept, reach everybody's profile, and are noted with what they were", async () => {
    const team = await makeTeam(node);
    const { cookie } = await makeUser(node, team.organisationId);
    expect(JSON.parse((await team.ask("GET", "/api/organisation")).text)).toEqual({
      name: "Tea House",
      defaultLanguage: "en",
      timeZone: "UTC",
      inactivityMinutes: null,
      oneSession: true,
      secondFactorRequired: false,
      absenceSeconds: 120,
    });
    expect(JSON.parse((await team.ask("PUT", "/api/organisation", settings)).text)).toEqual(settings);
    expect(JSON.parse((await team.ask("GET", "/api/organisation")).text)).toEqual(settings);
    const profile = JSON.parse((await call(node, "GET", "/api/session", { headers: { cookie } })).text);
    expect(profile.organisation).toEqual({
      id: team.organisationId,
      name: "Panda Tea",
      defaultLanguage: "zh-Hant",
      timeZone: "Asia/Taipei",
      inactivityMinutes: 30,
    });
    expect(await auditOf(node, team.organisationId)).toEqual([
      {
        action: "organisation.changed",
        actor: "Ada",
        changes: {
          name: { from: "Tea House", to: "Panda Tea" },
          defaultLanguage: { from: "en", to: "zh-Hant" },
          timeZone: { from: "UTC", to: "Asia/Taipei" },
          inactivityMinutes: { from: null, to: "30" },
          oneSession: { from: "true", to: "false" },
          absenceSeconds: { from: "120", to: "300" },
        },
      },
    ]);
    const back = { ...settings, inactivityMinutes: null };
    expect(JSON.parse((await team.ask("PUT", "/api/organisation", back)).text)).toEqual(back);
    await team.ask("PUT", "/api/organisation", back);
    expect((await auditOf(node, team.organisationId)).at(-1)?.changes).toEqual({
      inactivityMinutes: { from: "30", to: null },
    });
    expect(await auditOf(node, team.organisationId)).toHaveLength(2);
  });

  test.each([
    ["name", "", "name_empty"],
    ["timeZone", "Mars/Olympus", "time_zone_unknown"],
    ["defaultLanguage", "tlh", "request_invalid"],
    ["inactivityMinutes", 4, "request_invalid"],
    ["inactivityMinutes", 1_441, "request_invalid"],
    ["inactivityMinutes", 7.5, "request_invalid"],
    ["oneSession", "no", "request_invalid"],
    ["secondFactorRequired", 1, "request_invalid"],
    ["absenceSeconds", 9, "request_invalid"],
    ["absenceSeconds", 14_401, "request_invalid"],
    ["absenceSeconds", null, "request_invalid"],
  ])("A9, C6: %s cannot be %j", async (field, value, code) => {
    const team = await makeTeam(node);
    const answer = await team.ask("PUT", "/api/organisation", { ...settings, [field]: value });
    expect([outcomeIn(answer), Object.keys(failureIn(answer).fields ?? {})]).toEqual([code, [field]]);
    expect(JSON.parse((await team.ask("GET", "/api/organisation")).text).name).toBe("Tea House");
  });

  test("C15: a console of the release before, which knows nothing of absences, leaves their time as it is", async () => {
    const team = await makeTeam(node);
    await team.ask("PUT", "/api/organisation", settings);
    const { absenceSeconds, ...known } = settings;
    expect(JSON.parse((await team.ask("PUT", "/api/organisation", known)).text)).toEqual({
      ...known,
      absenceSeconds,
    });
  });
});
