import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { EmptyView } from "../ui/parts/empty-view.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { ChatIcon } from "../ui/theme/icons.ts";

/** What stands beside the list while no chat is chosen. */
export function NoChatPage() {
  const { t } = useTranslation();
  const live = useLive();
  const { items, state } = useObservable(live.current);
  const { total, state: waiting } = useObservable(live.waiting);
  // Nothing is said of lists that are not known yet.
  if (state.kind !== "ready" || waiting.kind !== "ready") return null;
  if (items.length > 0) {
    return <EmptyView icon={ChatIcon} title={t("chats.choose")} hint={t("chats.chooseHint")} />;
  }
  return (
    <EmptyView
      icon={ChatIcon}
      title={t("chats.idle")}
      hint={total > 0 ? t("chats.emptyHint") : t("chats.quietHint")}
    />
  );
}
