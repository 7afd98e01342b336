import type { Drafts } from "@grata/client/drafts";
import type { Outgoing } from "@grata/client/outgoing";
import type { Store } from "@grata/client/store";
import { queryClient, sessionQuery } from "../session/session-query.ts";

/**
 * Drops what this browser still holds of conversations that were erased: what was typed and not sent, and the answers of
 * the server that nobody looks at. What is on screen is asked for anew by the news that come with it.
 */
export function forgetErased({
  conversationIds,
  drafts,
  outgoing,
  forgotten,
}: {
  conversationIds: readonly string[];
  drafts: Drafts;
  outgoing: Outgoing;
  /** Told when it is done. */
  forgotten: Store<readonly string[]>;
}): void {
  const erased = new Set(conversationIds);
  for (const conversationId of erased) {
    drafts.write(conversationId, "");
  }
  for (const { clientId, lane } of outgoing.snapshot()) {
    if (erased.has(lane)) {
      outgoing.discard(clientId);
    }
  }
  forgotten.set(conversationIds);
  const [session] = sessionQuery.queryKey;
  queryClient.removeQueries({ type: "inactive", predicate: ({ queryKey: [kept] }) => kept !== session });
}
