import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyView } from "../layout/empty-view.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../live/use-observable.ts";

/** What stands beside the list while no chat is chosen. */
export function NoChatPage() {
  const { t } = useTranslation();
  const live = useLive();
  const { items } = useObservable(live.current);
  return items.length === 0 ? (
    <EmptyView icon={IconMessages} title={t("chats.empty")} hint={t("chats.emptyHint")} />
  ) : (
    <EmptyView icon={IconMessages} title={t("chats.choose")} hint={t("chats.chooseHint")} />
  );
}
