import type { RequestInput } from "@grata/contract/realtime";
import type { Whereabouts } from "./embedder.ts";

type Source = Pick<RequestInput<"conversation.open">, "page" | "referrer">;

/**
 * What the server takes of where the visitor is, as the contract bounds it: whatever does not fit is left out or cut,
 * so that no message is ever refused because of the page around it.
 */
export function describeSource(where: Whereabouts | undefined): Source {
  const url = readAddress(where?.url);
  const referrer = readAddress(where?.referrer);
  return {
    ...(url !== undefined && {
      page: { url, title: (where?.title ?? "").replaceAll("\0", "").slice(0, 300).toWellFormed() },
    }),
    ...(referrer !== undefined && { referrer }),
  };
}

/** An address without what stands behind #, and without what stands behind ? when that makes it too long. */
function readAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  url.hash = "";
  if (url.href.length > 2_000) {
    url.search = "";
  }
  return /^https?:$/.test(url.protocol) && url.href.length <= 2_000 ? url.href : undefined;
}
