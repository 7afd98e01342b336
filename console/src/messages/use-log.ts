import type { LogSnapshot } from "@grata/client/conversation-log";
import type { TeamEntry } from "@grata/contract/entries";
import { useMemo } from "react";
import { useLive } from "../live/live-provider.tsx";
import type { TeamLog } from "../live/logs.ts";
import { useObservable } from "../ui/store/use-observable.ts";

/** The log of a conversation, which begins to load when it is first looked at. */
export function useLog(conversationId: string): { log: TeamLog; snapshot: LogSnapshot<TeamEntry> } {
  const { logs } = useLive();
  const log = useMemo(() => logs.open(conversationId), [logs, conversationId]);
  return { log, snapshot: useObservable(log) };
}
