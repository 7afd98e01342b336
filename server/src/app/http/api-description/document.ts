import { STATUS_CODES } from "node:http";
import { type ErrorCode, errors, failureBody } from "@grata/contract/errors";
import { areas } from "@grata/contract/routes/all";
import type { Route } from "@grata/contract/routes/route";
import type * as z from "zod/mini";
import { isForAnybody, refusalsOf } from "./refusals.ts";
import { answerSchemas, type JsonSchema, referTo, sentSchema } from "./schemas.ts";

/** The API as an OpenAPI 3.1 document, made of the routes of the contract. */
export function describeApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [area, routes] of Object.entries(areas)) {
    for (const [name, route] of Object.entries(routes)) {
      const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(area, name, route) };
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Grata",
      version: "1",
      description:
        "What browsers ask of Grata over HTTP. Chats themselves run over a socket. Every refusal has a stable code and a sentence in the language of Accept-Language.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    tags: Object.keys(areas).map((name) => ({ name })),
    paths,
    components: { schemas: answerSchemas(), securitySchemes },
  };
}

const securitySchemes = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-grata",
    description:
      "The session of a signed-in user, set by the routes that sign in. On plain http it is called `grata`.",
  },
  visitor: {
    type: "http",
    scheme: "bearer",
    description: "The token of a visitor of a web chat.",
  },
};

function operationOf(area: string, name: string, route: Route) {
  const { asker = "user", summary, permission, body, upload } = route;
  const content = body ? { "application/json": { schema: sentSchema(body) } } : filesOf(upload);
  return {
    operationId: name,
    tags: [area],
    summary,
    description: `Permission: \`${permission}\`.`,
    ...(asker !== "anybody" && { security: securityOf(route) }),
    parameters: [
      ...parametersIn("path", route.params),
      ...parametersIn("query", route.query),
      ...parametersIn("header", route.headers),
    ],
    ...(content && { requestBody: { required: true, content } }),
    responses: { ...successOf(route), ...failuresOf(route) },
  };
}

function securityOf(route: Route): object[] {
  if (route.asker === "visitor") return [{ visitor: [] }];
  return isForAnybody(route) ? [{}, { session: [] }] : [{ session: [] }];
}

/** A file is described by its media type alone. */
const filesOf = (types: readonly string[] | undefined) =>
  types && Object.fromEntries(types.map((type) => [type, {}]));

function parametersIn(place: "path" | "query" | "header", fields: z.core.$ZodObject | undefined) {
  if (!fields) return [];
  const { properties = {}, required = [] } = sentSchema(fields);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}

function successOf({ answer, download, ranges }: Route) {
  const content = filesOf(download) ?? {
    "application/json": { schema: answer ? referTo(answer) : { type: "object" } },
  };
  return {
    200: { description: "Done", content },
    ...(ranges && { 206: { description: "The range of bytes that was asked for", content } }),
  };
}

/** The codes that a route refuses with, by their status. */
function failuresOf(route: Route) {
  const byStatus = Map.groupBy(refusalsOf(route), (code) => errors[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: STATUS_CODES[status] ?? "Refused",
        content: { "application/json": { schema: failureWith(codes) } },
      },
    ]),
  );
}

const failureWith = (codes: ErrorCode[]): JsonSchema => ({
  allOf: [referTo(failureBody), { properties: { error: { properties: { code: { enum: codes } } } } }],
});
