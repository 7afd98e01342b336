import { RequestFailed } from "@grata/client/failures";
import { type ParametersOf, pathOf, withQuery } from "@grata/client/route-address";
import { failureBody } from "@grata/contract/errors";
import type { AnswerOf, BodyOf, Method, QueryOf, Route } from "@grata/contract/routes/route";
import { currentLanguage } from "../ui/texts/texts.ts";

/** No answer, or one that no Grata server gives: the network, or something between us and the server. */
export class ServerUnreachable extends Error {
  override readonly name = "ServerUnreachable";
}

/** Input of a route: parameters, query, body, or a file where it takes one. */
type Given<R extends Route> = (R["path"] extends `${string}:${string}`
  ? { params: ParametersOf<R["path"]> }
  : unknown) &
  (R extends { query: object } ? { query: QueryOf<R> } : unknown) &
  (R extends { body: object }
    ? { body: BodyOf<R> }
    : R extends { upload: readonly string[] }
      ? { body: Blob }
      : unknown);

/** Asks a route of the contract, and returns its answer in the shape that is promised, if any is. */
export async function call<const R extends Route>(
  route: R,
  ...[given]: unknown extends Given<R> ? [] : [given: Given<R>]
): Promise<AnswerOf<R>> {
  const { params = {}, query = {}, body }: { params?: object; query?: object; body?: unknown } = given ?? {};
  const response = await send(route.method, withQuery(pathOf<string>(route, { ...params }), query), body);
  // A build for browsers leaves of a route what is read here, and no more.
  const { answer }: { answer?: Shape<AnswerOf<R>> } = route as object;
  if (answer === undefined) return undefined as AnswerOf<R>;
  const parsed = answer.safeParse(await jsonOf(response));
  if (!parsed.success) {
    throw new ServerUnreachable();
  }
  return parsed.data;
}

/** A schema of the contract, by the only thing that is asked of it. */
interface Shape<Output> {
  safeParse(value: unknown): { success: true; data: Output } | { success: false };
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const headers = new Headers({ accept: "application/json", "accept-language": currentLanguage() });
  const file = body instanceof Blob ? body : null;
  if (body !== undefined) {
    headers.set("content-type", file === null ? "application/json" : file.type || "application/octet-stream");
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
    });
  } catch {
    throw new ServerUnreachable();
  }
  if (response.ok) {
    // Every success of ours is JSON: a page in its place is a proxy's, or the login of a network.
    if (response.headers.get("content-type")?.startsWith("application/json")) {
      return response;
    }
    throw new ServerUnreachable();
  }
  const refused = failureBody.safeParse(await jsonOf(response));
  throw refused.success ? new RequestFailed(refused.data.error) : new ServerUnreachable();
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
