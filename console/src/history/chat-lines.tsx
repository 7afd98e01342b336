import type { HistoryConversation } from "@grata/contract/history";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../customers/customer-face.tsx";
import { useLive } from "../live/live-provider.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { formatMoment } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./history-lines.module.css";
import type { HistorySearch } from "./history-search.ts";
import { useNameOf } from "./use-name-of.ts";

interface ChatLinesProps {
  chats: readonly HistoryConversation[];
  search: HistorySearch;
}

/** Chats, each of which opens beside the list. */
export function ChatLines({ chats, search }: ChatLinesProps) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const nameOf = useNameOf();
  return (
    <ol className={styles.lines} aria-label={t("chats")}>
      {chats.map((chat) => (
        <li key={chat.id}>
          <Link
            to="/console/history"
            search={({ seq, ...before }) => ({ ...before, chat: chat.id })}
            replace
            className={styles.line}
            aria-current={search.chat === chat.id ? "true" : undefined}
          >
            <CustomerFace customer={{ ...chat.customer, email: null, identified: false }} since={null} />
            <span className={styles.words}>
              <span className={styles.head}>
                <bdi className={styles.name}>{nameOf(chat.customer)}</bdi>
                <time className={styles.when} dateTime={new Date(chat.openedAt).toISOString()}>
                  {formatMoment(chat.openedAt, now(), locale)}
                </time>
              </span>
              <span className={styles.text}>
                <bdi>{chat.erased ? common("messages.cleared") : plainLine(chat.firstText)}</bdi>
              </span>
              <span className={styles.around}>
                {[
                  t(`status.${chat.status}`),
                  chat.servedBy === null ? null : plainLine(chat.servedBy),
                  plainLine(chat.channel.name),
                ]
                  .filter((part) => part !== null)
                  .join(" · ")}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
