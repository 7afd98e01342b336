import { useSyncExternalStore } from "react";
import { useObservable } from "../ui/store/use-observable.ts";
import { useLive } from "./live-provider.tsx";
import type { LineReport } from "./live-session.ts";

/**
 * How the line to the server is. A browser that knows it is offline says so at once; the line itself would notice only
 * when an answer stays away.
 */
export function useLineReport(): LineReport {
  const report = useObservable(useLive().report);
  const online = useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
  return report.state === "open" && !online ? { state: "lost", failure: undefined } : report;
}

function subscribeToNetwork(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
