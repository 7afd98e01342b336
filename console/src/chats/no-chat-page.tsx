import { Anchor } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { EmptyView } from "../layout/empty-view.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../live/use-observable.ts";
import { sessionQuery } from "../session/session-query.ts";

/** What stands beside the list while no chat is chosen. */
export function NoChatPage() {
  const { t } = useTranslation();
  const live = useLive();
  const { items } = useObservable(live.current);
  const { total } = useObservable(live.waiting);
  const { data: session } = useQuery(sessionQuery);
  if (items.length > 0) {
    return <EmptyView icon={IconMessages} title={t("chats.choose")} hint={t("chats.chooseHint")} />;
  }
  return (
    <EmptyView icon={IconMessages} title={t("chats.idle")} hint={t("chats.emptyHint")}>
      {total === 0 && session?.user.role === "admin" && (
        <Anchor href="/try" target="_blank" size="sm" mt="xs">
          {t("chats.tryPage")}
        </Anchor>
      )}
    </EmptyView>
  );
}
