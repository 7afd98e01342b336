import { type Language, languages } from "@grata/contract/languages";
import type { QuickReply } from "@grata/contract/quick-replies";
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { textFor } from "../chat/quick-replies/text-for.ts";
import { useLive } from "../live/live-provider.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useLanguage } from "../ui/texts/use-language.ts";
import { SortedDownIcon, SortedUpIcon } from "../ui/theme/icons.ts";
import { formatAgo, formatInstant } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./manager.module.css";
import { type QuickRepliesSearch, type SortKey, sortKeys } from "./quick-replies-search.ts";

/** Each language as one sign, where its name has no room. */
const signs: Record<Language, string> = { en: "EN", "zh-Hans": "简", "zh-Hant": "繁" };

interface QuickReplyTableProps {
  quickReplies: readonly QuickReply[];
  search: QuickRepliesSearch;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onSort: (key: SortKey) => void;
  onEdit: (quickReply: QuickReply) => void;
}

/** Quick replies, one in each line; a click on the name opens it. */
export function QuickReplyTable(props: QuickReplyTableProps) {
  const { quickReplies, search, selected, onSelect, onSort, onEdit } = props;
  const { t } = useTranslation("quickReplies");
  const { sort = "name", direction = "ascending" } = search;
  const all = quickReplies.every(({ id }) => selected.has(id));

  function select(ids: readonly string[], wanted: boolean): void {
    const next = new Set(selected);
    for (const id of ids) {
      if (wanted) next.add(id);
      else next.delete(id);
    }
    onSelect(next);
  }

  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td data-column="select">
            <input
              type="checkbox"
              className={styles.box}
              aria-label={t("selectAll")}
              checked={all}
              onChange={() =>
                select(
                  quickReplies.map(({ id }) => id),
                  !all,
                )
              }
            />
          </td>
          {sortKeys.map((key) => (
            <th key={key} scope="col" data-column={key} {...(sort === key && { "aria-sort": direction })}>
              <UnstyledButton className={styles.sort} onClick={() => onSort(key)}>
                {t(key)}
                {sort === key &&
                  (direction === "ascending" ? (
                    <SortedUpIcon size={14} aria-hidden />
                  ) : (
                    <SortedDownIcon size={14} aria-hidden />
                  ))}
              </UnstyledButton>
            </th>
          ))}
          <th scope="col" data-column="languages">
            {t("languages")}
          </th>
        </tr>
      </thead>
      <tbody>
        {quickReplies.map((quickReply) => (
          <Row
            key={quickReply.id}
            quickReply={quickReply}
            selected={selected.has(quickReply.id)}
            onSelect={(wanted) => select([quickReply.id], wanted)}
            onEdit={() => onEdit(quickReply)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  quickReply: QuickReply;
  selected: boolean;
  onSelect: (wanted: boolean) => void;
  onEdit: () => void;
}

function Row({ quickReply, selected, onSelect, onEdit }: RowProps) {
  const { t } = useTranslation("quickReplies");
  const { now } = useLive();
  const locale = useLocale();
  const own = useLanguage();
  const { category, texts, changedAt } = quickReply;
  const name = plainLine(quickReply.name);
  const { text, language } = textFor(texts, own, own);
  return (
    <tr>
      <td data-column="select">
        <input
          type="checkbox"
          className={styles.box}
          aria-label={t("select", { name })}
          checked={selected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <UnstyledButton className={styles.name} onClick={onEdit}>
          <bdi>{name}</bdi>
        </UnstyledButton>
        <span className={styles.text} lang={language} dir="auto">
          {plainLine(text)}
        </span>
      </th>
      <td data-column="category">
        <bdi>{plainLine(category)}</bdi>
      </td>
      <td data-column="changed">
        <time dateTime={new Date(changedAt).toISOString()} title={formatInstant(changedAt, locale)}>
          {formatAgo(changedAt, now(), locale.language)}
        </time>
      </td>
      <td data-column="languages">
        {languages
          .filter((known) => texts[known] !== undefined)
          .map((known) => signs[known])
          .join(" ")}
      </td>
    </tr>
  );
}
