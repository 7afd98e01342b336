import { useDocumentTitle } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useObservable } from "../../ui/store/use-observable.ts";
import mark from "../../ui/theme/grata.svg?raw";

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

/** Grata's mark with a red number on it, as the address of a picture. */
function tabIcon(count: number): string {
  const shown = Math.min(count, 99);
  const badge =
    '<circle cx="22" cy="22" r="10" fill="#c62a2f"/>' +
    `<text x="22" y="26.5" fill="#fff" font-family="sans-serif" font-size="${shown > 9 ? 11 : 14}" font-weight="700" text-anchor="middle">${shown}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(mark.replace("</svg>", `${badge}</svg>`))}`;
}
