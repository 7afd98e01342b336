import { Suspense, useEffect } from "react";
import { lazyPart } from "../layout/lazy-part.ts";
import { useObservable } from "../live/use-observable.ts";
import { adoptDock, dock } from "./dock.ts";

const TestPanel = lazyPart(async () => {
  const [{ TestPanel }] = await Promise.all([
    import("./test-panel.tsx"),
    import("./test-texts.ts").then(({ loadTestTexts }) => loadTestTexts()),
    import("../voice/voice-texts.ts").then(({ loadVoiceTexts }) => loadVoiceTexts()),
  ]);
  return TestPanel;
});

/** The place of the test of the console, on every page. */
export function TestDock({ userId }: { userId: string }) {
  useEffect(() => adoptDock(userId), [userId]);
  if (useObservable(dock) === "away") return null;
  return (
    <Suspense>
      <TestPanel userId={userId} />
    </Suspense>
  );
}
