import { type ErrorCode, errorCodes } from "@grata/contract/errors";
import { heldPermissions } from "@grata/contract/permissions";
import type { Route } from "@grata/contract/routes/route";
import { type Permission, withoutSecondFactor } from "../../../foundation/access/permissions.ts";
import { isPlain, reasonAgainst } from "../../../foundation/access/require-access.ts";
import { partsOf } from "./parts.ts";

/** Every code that a route may refuse with, in the order of the list of errors. */
export function refusalsOf(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>([
    "request_invalid",
    "unavailable",
    "internal",
    ...ofMethod(route),
    ...ofPermission(route),
    ...ofSchemas(route),
    ...(route.refusals ?? []),
  ]);
  return errorCodes.filter((code) => codes.has(code));
}

/** Tells whether a route answers nobody in particular, too. */
export function isForAnybody({ permission, asker }: Pick<Route, "permission" | "asker">): boolean {
  if (asker === "anybody") return true;
  const asked = permission as Permission;
  return isPlain(asked) && reasonAgainst({ kind: "nobody" }, asked, null) === null;
}

function ofMethod({ method, upload }: Route): ErrorCode[] {
  if (method === "GET") return [];
  return ["origin_forbidden", "request_not_json", ...(upload ? [] : (["request_too_large"] as const))];
}

function ofPermission(route: Route): ErrorCode[] {
  if (isForAnybody(route)) return [];
  if (route.asker === "visitor") return ["sign_in_required"];
  const codes: ErrorCode[] = ["sign_in_required"];
  if (!withoutSecondFactor.has(route.permission as Permission)) codes.push("second_factor_required");
  if (heldPermissions.some((held) => held === route.permission)) codes.push("forbidden");
  return codes;
}

/** The messages of a schema are codes: what it refuses, it says itself. */
function ofSchemas({ params, query, headers, body }: Route): ErrorCode[] {
  const messages = new Set<unknown>();
  for (const schema of [params, query, headers, body]) {
    for (const { _zod } of schema ? partsOf(schema) : []) {
      if ("error" in _zod.def && typeof _zod.def.error === "function") messages.add(_zod.def.error({}));
    }
  }
  return errorCodes.filter((code) => messages.has(code));
}
