import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { type Failure, failureBody } from "@grata/contract/errors";

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
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The failure in an answer; throws when the answer has another form. */
export function failureIn(answer: Pick<HttpAnswer, "text">): Failure {
  return failureBody.parse(JSON.parse(answer.text)).error;
}

/** A GET whose path is sent exactly as it is written, which fetch would tidy up. */
export function getExactly(node: { url: string }, path: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(node.url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, method: "GET", agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });
}

/** The status that a node gives to somebody who asks it for a WebSocket; 101 when it opens one. */
export function upgrade(node: { url: string }, path: string, headers: OutgoingHttpHeaders): Promise<number> {
  const { hostname, port } = new URL(node.url);
  const asking = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, agent: false, headers: { ...asking, ...headers } });
    request.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
    request.end();
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
