import type { ErrorCode } from "@grata/contract/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedBodies } from "../../../testing/checks/bodies.ts";
import { contentsOf } from "../../../testing/checks/contents.ts";
import { expectHttpFailure, marker } from "../../../testing/checks/expect-failure.ts";
import { call, failureIn } from "../../../testing/checks/http.ts";
import { addressOf, type Route, routesOf } from "../../../testing/checks/route-list.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let withBody: Route[];
let before: Record<string, string[]>;
let channelId: string;

beforeAll(async () => {
  node = await startTestNode();
  withBody = (await routesOf(node)).filter((route) => route.body !== undefined);
  ({ channelId } = await makeOrganisation(node));
  before = await contentsOf(node.databaseUrl);
});
afterAll(() => node.stop());

const send = ({ method, url }: Route, raw: string, headers: Record<string, string> = {}) =>
  call(
    node,
    method,
    addressOf(url, { ...identifiers(), channelId, userId: channelId, passkeyId: channelId }),
    {
      raw,
      headers,
    },
  );
const identifiers = () => ({
  groupId: channelId,
  customerId: channelId,
  tagId: channelId,
  fieldId: channelId,
  quickReplyId: channelId,
  identityId: channelId,
});

/** The names in a body's schema. */
const namesIn = (route: Route) => Object.keys((route.body as { shape: object }).shape);
const bodyOf = ({ method, url }: Route) => acceptedBodies[`${method} ${url}`] ?? {};

describe("a body that is not as its schema says", () => {
  test("D1, A3: the tests know a right one for each route, so that one wrong thing is one wrong thing", () => {
    expect(withBody.map(({ method, url }) => `${method} ${url}`).sort()).toEqual(
      Object.keys(acceptedBodies).sort(),
    );
    for (const route of withBody) expect(namesIn(route).sort()).toEqual(Object.keys(bodyOf(route)).sort());
  });

  const wrongValues: Record<string, unknown> = {
    "an operator": { $ne: marker },
    "an empty object": {},
    "a list": [marker],
    "an empty list": [],
    "a number": 5,
    "a yes": true,
    null: null,
    "a nested thing": { toString: marker, length: 20 },
    "a string's own methods": { trim: 1, normalize: 1, length: 20 },
  };
  test.each(Object.keys(wrongValues))("A3, D1: %s in place of any string is refused", async (what) => {
    for (const route of withBody) {
      for (const name of namesIn(route).filter((name) => typeof bodyOf(route)[name] === "string")) {
        const body = JSON.stringify({ ...bodyOf(route), [name]: wrongValues[what] });
        const answer = await send(route, body);
        const codes: ErrorCode[] = [
          "request_invalid",
          "name_not_text",
          "email_invalid",
          "password_not_text",
          "colour_invalid",
          "time_zone_unknown",
          "category_invalid",
        ];
        expectHttpFailure(answer, 400, codes, `${route.url} ${name}`);
        expect(Object.keys(failureIn(answer).fields ?? {})).toEqual([name]);
      }
    }
    expect(await contentsOf(node.databaseUrl)).toEqual(before);
  });

  const wrongBodies: Record<string, [raw: string, codes: ErrorCode[]]> = {
    "not JSON": [marker, ["request_not_json"]],
    "half of JSON": ['{"email": "', ["request_not_json"]],
    empty: ["", ["request_not_json"]],
    "JSON and something behind it": [`{} ${marker}`, ["request_not_json"]],
    null: ["null", ["request_invalid"]],
    "a text": [`"${marker}"`, ["request_invalid"]],
    "a number": ["5", ["request_invalid"]],
    "a list": [`["${marker}"]`, ["request_invalid"]],
    "nested 50,000 times": ["[".repeat(50_000) + "]".repeat(50_000), ["request_invalid", "request_not_json"]],
    "a __proto__": [`{"__proto__": {"${marker}": true}}`, ["request_not_json", "request_invalid"]],
    "a prototype by its constructor": [
      `{"constructor": {"prototype": {"${marker}": true}}}`,
      ["request_not_json", "request_invalid"],
    ],
  };
  test.each(Object.keys(wrongBodies))("A3, D1: a whole body that is %s is refused", async (what) => {
    const [raw, codes] = wrongBodies[what] ?? ["", []];
    for (const route of withBody) expectHttpFailure(await send(route, raw), 400, codes, route.url);
    expect(Reflect.get({}, marker)).toBeUndefined();
    expect(await contentsOf(node.databaseUrl)).toEqual(before);
  });

  test("A3, D1: names that a schema does not have are dropped, and reach nothing", async () => {
    const body = {
      ...bodyOf(withBody[0] as Route),
      slug: undefined,
      role: "admin",
      organisationId: marker,
      toString: marker,
    };
    const answer = await call(node, "POST", "/api/session", { body });
    expectHttpFailure(answer, 401, ["credentials_wrong"]);
  });

  test("D1: one over 128 KiB is refused on every route, and one just below it is read", async () => {
    for (const route of withBody) {
      const body = (size: number) => `{"${marker}": "${"x".repeat(size)}"}`;
      expectHttpFailure(await send(route, body(129 * 1024)), 413, ["request_too_large"], route.url);
      expect((await send(route, body(127 * 1024))).status, route.url).not.toBe(413);
    }
  });

  test.each(["text/html", "application/xml", "application/octet-stream", marker])(
    "A3, D1: one of the type %s is refused",
    async (type) => {
      for (const route of withBody) {
        const answer = await send(route, JSON.stringify(bodyOf(route)), { "content-type": type });
        expectHttpFailure(answer, 400, ["request_not_json"], route.url);
      }
    },
  );
});
