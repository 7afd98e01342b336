import { createStore, type Store } from "@grata/client/store";
import type { ErrorCode } from "@grata/contract/errors";
import { useLive } from "../../live/live-provider.tsx";
import type { LiveSession } from "../../live/live-session.ts";
import { useObservable } from "../../ui/store/use-observable.ts";

/** What somebody chose to send into a chat and has not sent, and what of it cannot be sent. */
export interface StagedFiles {
  files: readonly File[];
  /** `channel`: what carries messages to this customer takes no such files. */
  refused: readonly { name: string; reason: ErrorCode | "channel" }[];
}

const nothing: StagedFiles = { files: [], refused: [] };

/** With the session they go: whoever signs in next finds none. */
const boxes = new WeakMap<LiveSession, Map<string, Store<StagedFiles>>>();

function boxOf(live: LiveSession, conversationId: string): Store<StagedFiles> {
  const ofUser = boxes.get(live) ?? new Map<string, Store<StagedFiles>>();
  boxes.set(live, ofUser);
  const box = ofUser.get(conversationId) ?? createStore(nothing);
  ofUser.set(conversationId, box);
  return box;
}

/** The files chosen for this chat; they stay while the agent looks into another one. */
export function useStaged(conversationId: string): StagedFiles & { set(next: StagedFiles): void } {
  const box = boxOf(useLive(), conversationId);
  return { ...useObservable(box), set: box.set };
}
