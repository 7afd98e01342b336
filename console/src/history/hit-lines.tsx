import type { Hit } from "@grata/contract/history";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { formatMoment } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./history-lines.module.css";
import type { HistorySearch } from "./history-search.ts";
import { useNameOf } from "./use-name-of.ts";

interface HitLinesProps {
  hits: readonly Hit[];
  search: HistorySearch;
}

/** Messages that were found; each opens its chat at its place. */
export function HitLines({ hits, search }: HitLinesProps) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const nameOf = useNameOf();

  function writerOf({ user, name, as }: Hit["author"]): string {
    const writer = plainLine(user?.name ?? name ?? "");
    return as === undefined ? writer : common("messages.writer", { writer, shown: plainLine(as) });
  }

  return (
    <ol className={styles.lines} aria-label={t("messages")}>
      {hits.map((hit) => {
        const { conversationId, seq, author } = hit;
        const writer = author.kind === "customer" ? null : writerOf(author);
        const current = search.chat === conversationId && search.seq === seq;
        return (
          <li key={`${conversationId} ${seq}`}>
            <Link
              to="/console/history"
              search={(before) => ({ ...before, chat: conversationId, seq })}
              replace
              className={styles.line}
              aria-current={current ? "true" : undefined}
            >
              <span className={styles.words}>
                <span className={styles.head}>
                  <bdi className={styles.name}>{nameOf(hit.customer)}</bdi>
                  <time className={styles.when} dateTime={new Date(hit.at).toISOString()}>
                    {formatMoment(hit.at, now(), locale)}
                  </time>
                </span>
                <span className={styles.excerpt} dir="auto">
                  {writer !== null && <bdi className={styles.writer}>{t("by", { name: writer })} </bdi>}
                  {hit.excerpt.map(({ text, found }, place) =>
                    found ? (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have nothing else, and never move.
                      <mark key={place}>{plainLine(text)}</mark>
                    ) : (
                      pieceOf(text)
                    ),
                  )}
                </span>
                <span className={styles.around}>
                  {[t(`status.${hit.status}`), plainLine(hit.channel.name)].join(" · ")}
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}

/** A piece beside a word that was found: in one line, with the space that parts it from that word. */
function pieceOf(text: string): string {
  const words = plainLine(text);
  return `${/^\s/u.test(text) ? " " : ""}${words}${/\s$/u.test(text) && words !== "" ? " " : ""}`;
}
