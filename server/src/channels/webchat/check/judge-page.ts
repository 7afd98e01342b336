import type { Finding } from "@grata/contract/web-chat";
import { mayEmbed } from "../embedding.ts";
import { allowsFrame, allowsScript } from "./content-policy.ts";
import type { FetchedPage } from "./fetch-page.ts";
import { readPage } from "./read-page.ts";

const loader = /^\/webchat\/([\da-f-]{36})\/loader\.js$/i;

type Judged = { channelId: string; allowedOrigins: string[]; ours: string[] };

const failures = {
  unreachable: "page_unreachable",
  private: "page_address_private",
  too_large: "page_too_large",
  not_html: "page_not_html",
  refused: "page_refused",
} as const satisfies Record<string, Finding>;

/** Everything that a fetched page says about whether the window works on it. */
export async function judgePage(
  fetched: FetchedPage,
  { channelId, allowedOrigins, ours }: Judged,
): Promise<Finding[]> {
  if (fetched.kind !== "page") return [failures[fetched.kind]];
  const { address, html } = fetched;
  const { scripts, policies: declared } = await readPage(html, address);
  const policies = [...fetched.policies, ...declared];
  const isOurs = (origin: string) => ours.includes(origin);
  const findings: Finding[] = [];

  const snippets = scripts.flatMap((script) => {
    const { origin, pathname } = new URL(script.src);
    const id = loader.exec(pathname)?.[1]?.toLowerCase();
    return id === undefined ? [] : [{ script, origin, id }];
  });
  const own = snippets.filter(({ id }) => id === channelId);
  const snippet = own.find(({ origin }) => isOurs(origin)) ?? own[0];
  if (snippet === undefined) {
    findings.push(snippets.length > 0 ? "snippet_of_another_channel" : "snippet_missing");
  } else {
    findings.push(isOurs(snippet.origin) ? "snippet_found" : "snippet_of_another_address");
    if (!allowsScript(policies, snippet.script, address)) findings.push("script_blocked_by_policy");
    if (!allowsFrame(policies, `${snippet.origin}/webchat/${channelId}`, address)) {
      findings.push("frame_blocked_by_policy");
    }
  }
  const { origin, protocol } = new URL(address);
  if (!mayEmbed(allowedOrigins, origin, isOurs)) findings.push("origin_not_allowed");
  if (protocol === "http:") findings.push("page_not_https");
  return findings;
}

/** Whether visitors of the page get a chat: the snippet is there, and nothing stands against it. */
export function works(findings: Finding[]): boolean {
  return findings.every((finding) => finding === "snippet_found" || finding === "page_not_https");
}
