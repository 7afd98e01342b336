import { RequestFailed } from "@grata/client/failures";
import { failureBody } from "@grata/contract/errors";
import { currentLanguage } from "../ui/texts/texts.ts";

/** No answer, or one that no Grata server gives: the network, or something between us and the server. */
export class ServerUnreachable extends Error {
  override readonly name = "ServerUnreachable";
}

interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Sent as JSON, but for a file, which is sent as it is. */
  body?: unknown;
}

/** A schema of the contract, by the only thing that is asked of it. */
interface Shape<Output> {
  safeParse(value: unknown): { success: true; data: Output } | { success: false };
}

/** Sends a request that is answered without content, or with content that nobody needs. */
export async function tell(request: HttpRequest): Promise<void> {
  await send(request);
}

/** Sends a request and returns its answer in the shape that the contract promises. */
export async function ask<Output>(request: HttpRequest, shape: Shape<Output>): Promise<Output> {
  const response = await send(request);
  const parsed = shape.safeParse(await jsonOf(response));
  if (!parsed.success) {
    throw new ServerUnreachable();
  }
  return parsed.data;
}

async function send({ method, path, body }: HttpRequest): Promise<Response> {
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
