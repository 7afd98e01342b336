import { Suspense, useEffect } from "react";
import { voiceTexts } from "../messages/voice/voice-texts.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { partTexts } from "../ui/texts/texts.ts";
import { adoptDock, dock } from "./dock.ts";

/** The texts of the console test. */
const testTexts = partTexts("consoleTest", {
  en: () => import("../ui/texts/console-test.en.json"),
  "zh-Hans": () => import("../ui/texts/console-test.zh-Hans.json"),
  "zh-Hant": () => import("../ui/texts/console-test.zh-Hant.json"),
});

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
