import { errorCodes } from "@grata/contract/errors";
import { routes } from "@grata/contract/routes/all";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, onTestFinished, test } from "vitest";
import { call } from "../../../../testing/checks/http.ts";
import { startTestNode } from "../../../../testing/servers/test-node.ts";
import { describeApi } from "./document.ts";

type Operation = {
  operationId: string;
  security?: object[];
  parameters: { name: string; in: string }[];
  requestBody?: { content: object };
  responses: Record<string, { content: Record<string, { schema?: unknown }> }>;
};

const document = describeApi();
const operationOf = (method: string, path: string) => document.paths[path]?.[method] as Operation;

test("H3: the description of the API is an OpenAPI 3.1 document, and everything it refers to is in it", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect([valid, errors]).toEqual([true, undefined]);
  expect(validator.version).toBe("3.1");
  expect(JSON.stringify(validator.resolveRefs())).not.toContain('"$ref"');
});

test("H3: everybody may read it", async () => {
  const node = await startTestNode();
  onTestFinished(() => node.stop());
  const answer = await call(node, "GET", "/api/openapi.json");
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify(document)));
});

test("H3: it has every route of the contract once, under a name of its own, with each parameter in the path", () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, ...(operation as Operation) })),
  );
  expect(operations.length).toBe(routes.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  for (const { path, parameters, operationId } of operations) {
    const inPath = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    expect(inPath.sort(), operationId).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
    );
  }
});

test("H3: it says of files only their media types", () => {
  const upload = operationOf("put", "/api/conversations/{conversationId}/files/{fileId}");
  expect(upload.requestBody?.content).toEqual({ "application/octet-stream": {} });
  const logo = operationOf("put", "/api/organisation/logo");
  expect(Object.keys(logo.requestBody?.content ?? {})).toEqual(["image/png", "image/jpeg", "image/webp"]);
  const transcript = operationOf("get", "/api/conversations/{conversationId}/transcript");
  expect(transcript.responses[200]?.content).toEqual({
    "text/html": {},
    "application/json": {},
    "text/csv": {},
  });
});

test("H3: it lists the words an answer may have, and never the one that clients read unknown ones as", () => {
  const { Failure } = document.components.schemas as Record<string, object>;
  expect(JSON.stringify(Failure)).toContain(`"enum":${JSON.stringify(errorCodes)}}`);
  expect(JSON.stringify(document)).toContain('"enum":["image","file"]}');
  expect(JSON.stringify(document)).not.toContain('"other"');
});

test("H3: it says how each route knows who asks", () => {
  expect(operationOf("get", "/api/team/users").security).toEqual([{ session: [] }]);
  expect(operationOf("post", "/api/session").security).toEqual([{}, { session: [] }]);
  expect(operationOf("put", "/api/webchat/{channelId}/files/{fileId}").security).toEqual([{ visitor: [] }]);
  expect(operationOf("get", "/healthz").security).toBeUndefined();
});

test("H3: every refusal that it names is of the list of errors, those of schemas among them", () => {
  const { responses } = operationOf("put", "/api/organisation/slug");
  const codesAt = (status: number) =>
    errorCodes.filter((code) => JSON.stringify(responses[status]).includes(`"${code}"`));
  expect(codesAt(400)).toEqual(["request_invalid", "request_not_json", "slug_invalid"]);
  expect(codesAt(403)).toEqual(["origin_forbidden", "forbidden", "second_factor_required"]);
  expect(codesAt(409)).toEqual(["slug_reserved", "slug_taken"]);
});
