import { useTranslation } from "react-i18next";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { formatTime } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./lines.module.css";
import type { EventRow } from "./timeline.ts";

/** Something that happened to the chat: a small line between the messages. */
export function EventLine({ row: { event, name, to, mine, at } }: { row: EventRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <p className={styles.event}>
      {sentence()} · {formatTime(at, locale)}
    </p>
  );

  function sentence(): string {
    const who = plainLine(name ?? "") || t("messages.somebody");
    switch (event) {
      case "claimed":
        return mine ? t("messages.youClaimed") : t("messages.claimed", { name: who });
      case "closed":
        return mine ? t("messages.youClosed") : t("messages.closed", { name: who });
      case "unattended":
        return t("messages.unattended", { name: who });
      case "transferred":
        return t("messages.transferred", { name: who, to: plainLine(to ?? "") });
      case "handedBack":
        return t("messages.handedBack", { name: who });
      case "moved":
      case "released":
      case "erased":
      case "cleared":
      case "other":
        return t(`messages.${event}`);
    }
  }
}
