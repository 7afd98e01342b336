import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { failureBody, type ToldFailure } from "@grata/contract/errors";
import { expectDocumented } from "./documented.ts";
import { knownFailure } from "./refusals.ts";

export type HttpAnswer = { status: number; headers: Headers; text: string };

export type Call = {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it stands, with a content type that says JSON unless the headers say otherwise. */
  raw?: string;
  headers?: Record<string, string>;
};

/** One HTTP request of any kind to a node; redirects are not followed. */
export async function call(
  node: { url: string },
  method: string,
  path: string,
  { body, raw = body === undefined ? undefined : JSON.stringify(body), headers = {} }: Call = {},
): Promise<HttpAnswer> {
  const answer = await fetch(node.url + path, {
    method,
    redirect: "manual",
    headers: { ...(raw !== undefined && { "content-type": "application/json" }), ...headers },
    ...(raw !== undefined && { body: raw }),
  });
  const read = { status: answer.status, headers: answer.headers, text: await answer.text() };
  expectDocumented(method, path, read);
  return read;
}

/** The failure in an answer; throws when the answer has another form. */
export function failureIn(answer: Pick<HttpAnswer, "text">): ToldFailure {
  return knownFailure(failureBody.parse(JSON.parse(answer.text)).error);
}

/** A request that is sent exactly as it is written, which fetch would tidy up. */
export function callExactly(
  node: { url: string },
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string,
): Promise<HttpAnswer> {
  const { hostname, port } = new URL(node.url);
  return new Promise((resolve, reject) => {
    const asking = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => {
        const pairs = Object.entries(response.headersDistinct).map(([name, values]): [string, string] => [
          name,
          (values ?? []).join(", "),
        ]);
        resolve({ status: response.statusCode ?? 0, headers: new Headers(pairs), text });
      });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

export type SetCookie = { name: string; value: string; attributes: Record<string, string> };

/** The cookies that an answer sets, by name, with their attributes in lower case. */
export function cookiesIn(answer: Pick<HttpAnswer, "headers">): Map<string, SetCookie> {
  const cookies = answer.headers.getSetCookie().map((line): SetCookie => {
    const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
    const [name = "", value = ""] = split(pair);
    const attributes = Object.fromEntries(
      rest.map((part) => split(part)).map(([key, text]) => [key.toLowerCase(), text]),
    );
    return { name, value, attributes };
  });
  return new Map(cookies.map((cookie) => [cookie.name, cookie]));
}

function split(pair: string): [string, string] {
  const place = pair.indexOf("=");
  return place < 0 ? [pair, ""] : [pair.slice(0, place), pair.slice(place + 1)];
}
