import { Suspense, useEffect } from "react";
import { voiceTexts } from "../messages/voice/voice-texts.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { adoptDock, dock } from "./dock.ts";
import { testTexts } from "./test-texts.ts";

const TestPanel = latePart(async () => (await import("./test-panel.tsx")).TestPanel, {
  place: "section",
  texts: [testTexts, voiceTexts],
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
