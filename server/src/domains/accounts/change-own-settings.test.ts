import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, cookiesIn, failureIn } from "../../../testing/checks/http.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let organisationId: string;

beforeAll(async () => {
  node = await startTestNode();
  ({ organisationId } = await makeOrganisation(node));
});
afterAll(() => node.stop());

const change = (cookie: string, body: unknown) =>
  call(node, "PATCH", "/api/session", { body, headers: { cookie } });
const languageOf = async (cookie: string) => {
  const answer = await call(node, "GET", "/api/session", { headers: { cookie } });
  return JSON.parse(answer.text).user.language;
};

describe("the language of a user", () => {
  test("B4: is kept for them alone, and is theirs in every browser they sign in with", async () => {
    const password = "a wholly unguessed phrase";
    const [mei, colleague] = [await makeUser(node, organisationId), await makeUser(node, organisationId)];
    const answer = await change(mei.cookie, { language: "zh-Hant" });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text).user).toMatchObject({ id: mei.userId, language: "zh-Hant" });
    const elsewhere = await signInWith(node, mei.email, password);
    expect(JSON.parse(elsewhere.text).user.language).toBe("zh-Hant");
    expect(await languageOf(`grata=${cookiesIn(elsewhere).get("grata")?.value}`)).toBe("zh-Hant");
    expect(await languageOf(colleague.cookie)).toBe("en");
  });

  test("B4: is one of the three, and nothing else about a user changes with it", async () => {
    const { cookie } = await makeUser(node, organisationId);
    for (const body of [{ language: "tlh" }, { language: "" }, { language: ["en"] }]) {
      expect(failureIn(await change(cookie, body)).code).toBe("request_invalid");
    }
    await change(cookie, { language: "zh-Hans", role: "admin", name: "Somebody else" });
    const answer = await call(node, "GET", "/api/session", { headers: { cookie } });
    expect(JSON.parse(answer.text).user).toMatchObject({ language: "zh-Hans", role: "agent" });
    expect(answer.text).not.toContain("Somebody else");
  });
});

describe("the other settings of a user", () => {
  const profile = async (cookie: string) =>
    JSON.parse((await call(node, "GET", "/api/session", { headers: { cookie } })).text);

  test("C6: the time zone is the organisation's until they choose one, and again when they let it go", async () => {
    const { cookie } = await makeUser(node, organisationId);
    expect(await profile(cookie)).toMatchObject({
      user: { timeZone: null },
      organisation: { timeZone: "UTC" },
    });
    const answer = await change(cookie, { timeZone: "Asia/Shanghai" });
    expect(JSON.parse(answer.text).user.timeZone).toBe("Asia/Shanghai");
    expect((await profile(cookie)).user.timeZone).toBe("Asia/Shanghai");
    await change(cookie, { timeZone: null });
    expect((await profile(cookie)).user.timeZone).toBeNull();
  });

  test.each(["Mars/Olympus", "+08:00", "", "Asia/Shanghai\0", "x".repeat(101)])(
    "C6: %j is no time zone, and says so at its field",
    async (timeZone) => {
      const { cookie } = await makeUser(node, organisationId);
      const failure = failureIn(await change(cookie, { timeZone }));
      expect(Object.values(failure.fields ?? {}).map(({ code }) => code)).toEqual(["time_zone_unknown"]);
      expect((await profile(cookie)).user.timeZone).toBeNull();
    },
  );

  test("C6: the notification preference is kept; what is left out stays; nothing at all changes nothing", async () => {
    const { cookie } = await makeUser(node, organisationId);
    await change(cookie, { notifications: "away" });
    await change(cookie, { language: "zh-Hans" });
    expect((await change(cookie, {})).status).toBe(200);
    expect((await profile(cookie)).user).toMatchObject({ notifications: "away", language: "zh-Hans" });
    expect(failureIn(await change(cookie, { notifications: "never" })).code).toBe("request_invalid");
  });
});
