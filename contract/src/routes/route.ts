/** Declares HTTP routes. Each stands once; server, browsers, access matrix and API description read it. */
import type * as z from "zod/mini";
import type { ErrorCode } from "../error-codes.ts";

type Schema = z.core.$ZodType;
type Fields = z.core.$ZodObject;

/** Everything about a route but its method and its path. Of this, browsers get `answer` alone (`client/lean-routes.ts`). */
export type RouteDetails = {
  /** Summary in one sentence. */
  summary: string;
  /** Permission asked of the access module. */
  permission: string;
  /**
   * How it is known who asks. `user`, when left out: by the session's cookie, if there is one. `visitor`: by the token in
   * the header Authorization. `anybody`: nobody looks.
   */
  asker?: "user" | "visitor" | "anybody";
  /** The parameters in the path, and those behind it. */
  params?: Fields;
  query?: Fields;
  headers?: Fields;
  /** As JSON. */
  body?: Schema;
  /** The media types of a body that is a file instead. */
  upload?: readonly string[];
  /** As JSON. Left out: an empty object, which nobody needs to read. */
  answer?: Schema;
  /** The media types of an answer that is a file instead. */
  download?: readonly string[];
  /** True: a range of its bytes may be asked for, as players do. */
  ranges?: boolean;
  /** Error codes besides those that follow from its permission and schemas. */
  refusals?: readonly ErrorCode[];
};

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Route = RouteDetails & { method: Method; path: `/${string}` };

/** Says a route. */
export function route<M extends Method, P extends `/${string}`, const Details extends RouteDetails>(
  method: M,
  path: P,
  details: Details,
): { method: M; path: P } & Details {
  return { method, path, ...details };
}

/** Body of a route, as a client sends it. */
export type BodyOf<R> = R extends { body: infer Body extends Schema } ? z.input<Body> : undefined;

/** Query of a route, as a client sends it. */
export type QueryOf<R> = R extends { query: infer Query extends Schema } ? z.input<Query> : undefined;

/** Answer of a route, as a client reads it. */
export type AnswerOf<R> = R extends { answer: infer Answer extends Schema } ? z.output<Answer> : undefined;
