import { noteActivity } from "@grata/contract/routes/own-account";
import { Button, Group, Text } from "@mantine/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { call } from "../../session/http.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { formatDuration } from "../../ui/time/formats.ts";
import { everySecond } from "../../ui/time/ticking.ts";
import { type InactivityWatch, watchInactivity } from "./watch-inactivity.ts";

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"] as const;

/** Keeps the session while somebody works here, and warns one minute before it ends because nobody does. */
export function InactivityGuard() {
  const { now } = useLive();
  const [watch, setWatch] = useState<InactivityWatch | null>(null);
  useEffect(() => {
    const tabs = new BroadcastChannel("grata:session-ends");
    const begun = watchInactivity({
      tell: async () => (await call(noteActivity)).endsAt,
      share: (endsAt) => tabs.postMessage(endsAt),
      now,
    });
    tabs.onmessage = ({ data }) => {
      if (data === null || typeof data === "number") begun.noteEnd(data);
    };
    // To have opened the page is a sign of life too.
    begun.noteActivity();
    for (const sign of signs) window.addEventListener(sign, begun.noteActivity, { passive: true });
    setWatch(begun);
    return () => {
      for (const sign of signs) window.removeEventListener(sign, begun.noteActivity);
      begun.dispose();
      tabs.close();
    };
  }, [now]);
  return watch !== null && <Warning watch={watch} now={now} />;
}

function Warning({ watch, now }: { watch: InactivityWatch; now: () => number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const endsAt = useSyncExternalStore(watch.warning.subscribe, watch.warning.snapshot);
  const left = useSyncExternalStore(everySecond, () =>
    endsAt === null ? "" : formatDuration(Math.min(59_999, endsAt - now()), language),
  );
  return (
    <Dialog title={t("inactivity.title")} opened={endsAt !== null} onClose={watch.stay}>
      <Text>{t("inactivity.hint", { left })}</Text>
      <Group justify="flex-end">
        <Button onClick={watch.stay} data-autofocus>
          {t("inactivity.stay")}
        </Button>
      </Group>
    </Dialog>
  );
}
