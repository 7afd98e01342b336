import { useDocumentTitle } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../live/use-observable.ts";

/** Keeps the title of the browser's tab true: how many wait or have written, for those who look elsewhere. */
export function DeskTitle() {
  const { t } = useTranslation();
  const live = useLive();
  const { total } = useObservable(live.waiting);
  const { items } = useObservable(live.current);
  const unread = items.reduce((sum, conversation) => sum + conversation.unread, 0);
  const title = t("pageTitle", { title: t("console.title") });
  useDocumentTitle(total + unread > 0 ? `(${total + unread}) ${title}` : title);
  return null;
}
