import type { Finding } from "@grata/contract/web-chat";
import { expect, test } from "vitest";
import { judgePage, works } from "./judge-page.ts";

const channelId = "01a20109-b7f7-77c6-959c-965aaeed37fe";
const other = "01a20109-b7f7-77c6-959c-000000000000";
const chat = "https://chat.example";
const snippet = (id = channelId, from = chat, more = "") =>
  `<script async ${more} src="${from}/webchat/${id}/loader.js"></script>`;

type Case = {
  html?: string;
  policies?: string[];
  address?: string;
  allowedOrigins?: string[];
  found: Finding[];
};

const cases: Record<string, Case> = {
  "a page with the snippet": { found: ["snippet_found"] },
  "a page without": { html: "<p>Tea</p>", found: ["snippet_missing"] },
  "a page that only talks of it": {
    html: `<pre>&lt;script src="${chat}/webchat/${channelId}/loader.js"></pre><!-- ${snippet()} -->`,
    found: ["snippet_missing"],
  },
  "another channel's": { html: snippet(other), found: ["snippet_of_another_channel"] },
  both: { html: snippet(other) + snippet(), found: ["snippet_found"] },
  "an old address": {
    html: snippet(channelId, "https://old.example"),
    found: ["snippet_of_another_address"],
  },
  "a base": {
    html: `<base href="${chat}/shop/"><script src="../webchat/${channelId}/loader.js"></script>`,
    found: ["snippet_found"],
  },
  "an address without a scheme": {
    html: `<script src="//chat.example/webchat/${channelId}/loader.js"></script>`,
    found: ["snippet_found"],
  },
  "plain http": { address: "http://shop.example/", found: ["snippet_found", "page_not_https"] },
  "a site that is not listed": {
    allowedOrigins: ["https://tea.example"],
    found: ["snippet_found", "origin_not_allowed"],
  },
  "a site that is listed": { allowedOrigins: ["https://*.example"], found: ["snippet_found"] },
  "one of our own pages": {
    address: `${chat}/try`,
    allowedOrigins: ["https://tea.example"],
    found: ["snippet_found"],
  },
  "a policy that knows us": {
    policies: [`script-src 'self' ${chat}; frame-src ${chat}`],
    found: ["snippet_found"],
  },
  "a policy with wildcards": {
    policies: ["script-src https://*.example/webchat/; frame-src https:"],
    found: ["snippet_found"],
  },
  "a policy that forbids the script": {
    policies: ["script-src 'self'"],
    found: ["snippet_found", "script_blocked_by_policy"],
  },
  "a policy that forbids the frame": {
    policies: ["child-src 'none'"],
    found: ["snippet_found", "frame_blocked_by_policy"],
  },
  "a policy for everything": {
    policies: ["default-src 'self'"],
    found: ["snippet_found", "script_blocked_by_policy", "frame_blocked_by_policy"],
  },
  "two policies": {
    policies: [`script-src ${chat}`, "script-src https://cdn.example"],
    found: ["snippet_found", "script_blocked_by_policy"],
  },
  "a policy in the page": {
    html: `<meta http-equiv="Content-Security-Policy" content="frame-src 'none'">${snippet()}`,
    found: ["snippet_found", "frame_blocked_by_policy"],
  },
  "a nonce": {
    html: snippet(channelId, chat, 'nonce="abc"'),
    policies: ["script-src 'nonce-abc' 'strict-dynamic'"],
    found: ["snippet_found"],
  },
  "another nonce": {
    html: snippet(channelId, chat, 'nonce="abc"'),
    policies: [`script-src 'nonce-abd' 'strict-dynamic' ${chat}`],
    found: ["snippet_found", "script_blocked_by_policy"],
  },
  "a policy with another port": {
    policies: [`script-src ${chat}:8443; frame-src ${chat}:443`],
    found: ["snippet_found", "script_blocked_by_policy"],
  },
  "a policy with another path": {
    policies: [`script-src ${chat}/scripts/`],
    found: ["snippet_found", "script_blocked_by_policy"],
  },
};

test.each(Object.keys(cases))("D1: the check of %s says so", async (which) => {
  const {
    html = snippet(),
    policies = [],
    address = "https://shop.example/",
    allowedOrigins = [],
    found,
  } = cases[which] ?? { found: [] };
  const fetched = { kind: "page", address, html, policies } as const;
  expect(await judgePage(fetched, { channelId, allowedOrigins, ours: [chat] })).toEqual(found);
});

test("D1: only what keeps the window away is said to keep it away", () => {
  expect(works(["snippet_found", "page_not_https"])).toBe(true);
  expect(works(["snippet_found", "origin_not_allowed"])).toBe(false);
  expect(works(["snippet_missing"])).toBe(false);
});
