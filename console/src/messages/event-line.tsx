import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import { formatTime } from "../time/formats.ts";
import styles from "./lines.module.css";
import type { EventRow } from "./timeline.ts";

/** Something that happened to the chat: a small line between the messages. */
export function EventLine({ row: { event, name, mine, at } }: { row: EventRow }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const who = mine ? t("messages.you") : (name ?? t("messages.somebody"));
  return (
    <p className={styles.event}>
      {t(`messages.${event}`, { name: who })} · {formatTime(at, language)}
    </p>
  );
}
