import { type ClientRequest, get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { useAgent } from "request-filtering-agent";

/** What an address gave. `policies`: those of the answer's headers. */
export type FetchedPage =
  | { kind: "page"; address: string; html: string; policies: string[] }
  | { kind: "unreachable" | "private" | "too_large" | "not_html" | "refused" };

const limits = { redirects: 5, milliseconds: 10_000, bytes: 2 * 1024 * 1024, address: 2_000 };

/**
 * Fetches a page that somebody named, without letting them reach what only our network can reach: http and https
 * only, and each address that a name resolves to is judged at the moment of connecting, again after each redirect.
 * Our own public origins are let through, wherever they lie.
 */
export async function fetchPage(address: string, ours: string[]): Promise<FetchedPage> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  let url = new URL(address);
  try {
    for (let redirects = 0; redirects <= limits.redirects; redirects++) {
      if (!/^https?:$/.test(url.protocol)) return { kind: "refused" };
      const response = await ask(url, ours, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        if (!URL.canParse(headers.location, url.href)) return { kind: "refused" };
        url = new URL(headers.location, url);
        if (url.href.length > limits.address) return { kind: "refused" };
        continue;
      }
      return await read(response, url);
    }
    return { kind: "refused" };
  } catch (error) {
    return { kind: isFiltered(error) ? "private" : "unreachable" };
  }
}

function ask(url: URL, ours: string[], signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === "https:" ? getHttps : getHttp;
  const headers = {
    accept: "text/html",
    "accept-encoding": "identity",
    "user-agent": "Grata (web chat check)",
  };
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(
      url,
      { signal, headers, ...(!ours.includes(url.origin) && { agent: useAgent(url.href) }) },
      resolve,
    );
    request.on("error", reject);
  });
}

async function read(response: IncomingMessage, url: URL): Promise<FetchedPage> {
  const { statusCode = 0, headers, headersDistinct } = response;
  if (statusCode < 200 || statusCode >= 300) {
    response.destroy();
    return { kind: "refused" };
  }
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(headers["content-type"] ?? "")) {
    response.destroy();
    return { kind: "not_html" };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > limits.bytes) return { kind: "too_large" };
    chunks.push(chunk);
  }
  // One header may carry several policies.
  const policies = (headersDistinct["content-security-policy"] ?? []).flatMap((line) => line.split(","));
  return { kind: "page", address: url.href, html: Buffer.concat(chunks).toString("utf8"), policies };
}

/** The agent's own refusal: it has no code and no class, only this sentence. */
function isFiltered(error: unknown): boolean {
  return error instanceof Error && /is not allowed\. Because/.test(error.message);
}
