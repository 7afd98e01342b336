import { errors, failureBody } from "@grata/contract/errors";
import { routes } from "@grata/contract/routes/all";
import { expect } from "vitest";
import { refusalsOf } from "../../src/app/http/api-description/refusals.ts";
import type { HttpAnswer } from "./http.ts";
import { knownFailure } from "./refusals.ts";

const known = routes.map((route) => ({
  route,
  refusals: refusalsOf(route),
  shape: new RegExp(`^${route.path.replaceAll(/:\w+/g, "[^/]+").replaceAll(".", "\\.")}(\\?|$)`),
}));

/**
 * Checks that an answer is one of those that the description of the API promises: a refusal with one of the route's
 * codes and its status, or a success of its media type. Every request of a test by `call` is looked at.
 */
export function expectDocumented(method: string, path: string, { status, headers, text }: HttpAnswer): void {
  const found = known.find(({ route, shape }) => route.method === method && shape.test(path));
  if (!found || status === 304) return;
  const about = `${method} ${found.route.path}`;
  if (status < 400) {
    const { download = ["application/json"], ranges = false } = found.route;
    expect(ranges ? [200, 206] : [200], about).toContain(status);
    const [type = ""] = (headers.get("content-type") ?? "").split(";");
    const types = [type, type.replace(/\/.*/, "/*")];
    expect(
      download.filter((one) => types.includes(one)),
      `${about} answers with ${type}`,
    ).not.toEqual([]);
  } else {
    const { code } = knownFailure(failureBody.parse(JSON.parse(text)).error);
    expect(found.refusals, about).toContain(code);
    expect(status, about).toBe(errors[code].status);
  }
}
