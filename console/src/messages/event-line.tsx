import { nameIn } from "@grata/client/shown-name";
import { useTranslation } from "react-i18next";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useLanguage } from "../ui/texts/use-language.ts";
import { formatTime } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./lines.module.css";
import type { EventRow } from "./timeline.ts";

/** Something that happened to the chat: a small line between the messages. */
export function EventLine({ row: { event, name, as, to, mine, at } }: { row: EventRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const language = useLanguage();
  return (
    <p className={styles.event}>
      {sentence()} · {formatTime(at, locale)}
    </p>
  );

  function sentence(): string {
    const writer = plainLine(name ?? "") || t("messages.somebody");
    const shown = plainLine(nameIn(as ?? [], language)?.name ?? "");
    const who = shown === "" ? writer : t("messages.writer", { writer, shown });
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
