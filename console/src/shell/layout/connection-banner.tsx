import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useLineReport } from "../../live/use-line-report.ts";
import { outdated } from "../../ui/late/release.ts";
import { ReloadOffer } from "../../ui/late/reload-offer.tsx";
import { Banner } from "../../ui/parts/banner.tsx";
import { useObservable } from "../../ui/store/use-observable.ts";

/** Says what a broken connection means for the agent, and offers what helps. Nothing while all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const live = useLive();
  const { state, failure } = useLineReport();
  const isOutdated = useObservable(outdated);
  if (isOutdated) return <ReloadOffer />;
  switch (state) {
    case "connecting":
    case "open":
    case "ended":
      return null;
    case "lost":
      return (
        <Banner sentence={t("connection.lostHint")}>
          <Button size="compact-sm" variant="default" onClick={live.reconnect}>
            {t("connection.retry")}
          </Button>
        </Banner>
      );
    case "refused":
      return (
        <Banner sentence={failure?.message ?? t("failures.unreachable")}>
          <Button size="compact-sm" variant="default" onClick={live.reconnect}>
            {t("retry")}
          </Button>
        </Banner>
      );
    case "reload_required":
      return <ReloadOffer />;
    default:
      return state satisfies never;
  }
}
