import type { HistoryPage, HitsPage } from "@grata/contract/history";
import { indexAll } from "../../src/features/history/indexer.ts";
import type { TestNode } from "../servers/test-node.ts";
import { call, failureIn } from "./http.ts";

type Filters = Record<string, string | number | undefined>;

/** The node's own indexer may be at it: then ours passes over what it holds. */
export async function everythingIndexed({ services: { storage } }: TestNode): Promise<void> {
  while ((await storage.system("system_unindexed", [1])).length > 0) await indexAll(storage);
}

/** History as somebody sees it: everything that was said by now is found. Answers, or the code of the refusal. */
export function historyOf(node: TestNode, { cookie }: { cookie: string }) {
  const ask = async <Answer>(path: string, filters: Filters): Promise<Answer | string> => {
    await everythingIndexed(node);
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(filters))
      if (value !== undefined) query.set(key, String(value));
    const answer = await call(node, "GET", `/api/history/${path}?${query}`, { headers: { cookie } });
    return answer.status < 400 ? (JSON.parse(answer.text) as Answer) : failureIn(answer).code;
  };
  return {
    messages: (text: string, filters: Filters = {}) => ask<HitsPage>("messages", { text, ...filters }),
    chats: (filters: Filters = {}) => ask<HistoryPage>("conversations", filters),
    /** The words of the hits, as they were said. */
    async found(text: string, filters: Filters = {}): Promise<string[] | string> {
      const page = await ask<HitsPage>("messages", { text, ...filters });
      if (typeof page === "string") return page;
      return page.hits.map(({ excerpt }) => excerpt.map((piece) => piece.text).join(""));
    },
    async listed(filters: Filters = {}): Promise<string[] | string> {
      const page = await ask<HistoryPage>("conversations", filters);
      return typeof page === "string" ? page : page.conversations.map(({ id }) => id);
    },
  };
}
