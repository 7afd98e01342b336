import * as absentChats from "@grata/contract/absent-chats";
import * as account from "@grata/contract/account";
import * as agentIdentities from "@grata/contract/agent-identities";
import * as audit from "@grata/contract/audit";
import * as channels from "@grata/contract/channels";
import * as consoleTest from "@grata/contract/console-test";
import * as customers from "@grata/contract/customers";
import { failureBody } from "@grata/contract/errors";
import * as files from "@grata/contract/files";
import * as history from "@grata/contract/history";
import * as http from "@grata/contract/http";
import * as mails from "@grata/contract/mails";
import * as organisation from "@grata/contract/organisation";
import * as ownEntrance from "@grata/contract/own-entrance";
import * as push from "@grata/contract/push";
import * as quickReplies from "@grata/contract/quick-replies";
import * as retention from "@grata/contract/retention";
import { routes } from "@grata/contract/routes/all";
import * as routing from "@grata/contract/routing";
import * as secondFactor from "@grata/contract/second-factor";
import * as team from "@grata/contract/team";
import * as userGroups from "@grata/contract/user-groups";
import * as webChat from "@grata/contract/web-chat";
import * as z from "zod/mini";
import { partsOf } from "./parts.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

const named: Record<string, unknown> = {
  ...absentChats,
  ...account,
  ...agentIdentities,
  ...audit,
  ...channels,
  ...consoleTest,
  ...customers,
  ...files,
  ...history,
  ...http,
  ...mails,
  ...organisation,
  ...ownEntrance,
  ...push,
  ...quickReplies,
  ...retention,
  ...routing,
  ...secondFactor,
  ...team,
  ...userGroups,
  ...webChat,
  failure: failureBody,
};

/** Names each answer schema as the contract does, so that generated clients have the same names. */
const registry = z.registry<{ id: string }>();
const answered = new Set(
  [failureBody, ...routes.flatMap(({ answer = [] }) => answer)].flatMap((schema) => [...partsOf(schema)]),
);
for (const [name, value] of Object.entries(named)) {
  if (isWorthAName(value) && answered.has(value)) {
    registry.add(value, { id: name.charAt(0).toUpperCase() + name.slice(1) });
  }
}

function isWorthAName(value: unknown): value is z.core.$ZodType {
  return [z.core.$ZodObject, z.core.$ZodUnion, z.core.$ZodEnum].some((kind) => value instanceof kind);
}

const placeOf = (name: string) => `#/components/schemas/${name}`;

/** The schemas of what is answered, by name. */
export function answerSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, { uri: placeOf, unrepresentable: "any", override: tidy });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutHead(schema)]));
}

/** Refers to the schema of an answer. */
export function referTo(answer: z.core.$ZodType): JsonSchema {
  const found = registry.get(answer);
  if (!found) throw new Error("Something is answered that the contract exports under no name.");
  return { $ref: placeOf(found.id) };
}

/** The schema of what a client sends. */
export function sentSchema(schema: z.core.$ZodType): JsonSchema {
  return withoutHead(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: tidy }));
}

function tidy({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
  // The value by which our clients read unknown ones; the server never sends it.
  if (zodSchema instanceof z.core.$ZodCatch) {
    delete jsonSchema.default;
    if (jsonSchema.enum) jsonSchema.enum = jsonSchema.enum.filter((word) => word !== "other");
  }
  // A later release may add to an answer: whoever reads it passes over the rest.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  // It says the same as the format, at length.
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  // Every whole number is within these.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function withoutHead({ $schema, $id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
