import { useDocumentTitle } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useObservable } from "../../ui/store/use-observable.ts";
import { tabIcon } from "./tab-icon.ts";

/** Keeps the browser's tab true on every page: its title and its icon say how many wait or have written. */
export function TabSign({ title }: { title: string }) {
  const { t } = useTranslation();
  const live = useLive();
  const { total } = useObservable(live.waiting);
  const { items } = useObservable(live.current);
  const count = total + items.reduce((sum, conversation) => sum + conversation.unread, 0);
  const named = t("pageTitle", { title });
  useDocumentTitle(count > 0 ? `(${count}) ${named}` : named);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const plain = icon?.href;
    if (!icon || plain === undefined || count === 0) return;
    icon.href = tabIcon(count);
    return () => {
      icon.href = plain;
    };
  }, [count]);
  return null;
}
