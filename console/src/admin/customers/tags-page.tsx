import type { TagList } from "@grata/contract/customers";
import { ActionIcon, Loader, Menu, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import listStyles from "../../ui/pages/list.module.css";
import styles from "../../ui/pages/page.module.css";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { SearchIcon, TagIcon, WrenchIcon } from "../../ui/theme/icons.ts";
import { tagsQuery } from "./requests.ts";
import { TagDialog } from "./tag-dialog.tsx";

export type ListedTag = TagList["tags"][number];
const actions = ["rename", "merge", "delete"] as const;
export type TagAction = (typeof actions)[number];

/** Customers > Tags: what the team has tagged customers with, to be kept in order. */
export function TagsPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const list = useQuery(tagsQuery);
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<{ tag: ListedTag; action: TagAction } | null>(null);
  const tags = list.data?.tags ?? [];
  const found = tags.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <div>
        <Title order={1} size="h2">
          {t("tags.title")}
        </Title>
        <Text c="dimmed">{t("tags.lead")}</Text>
      </div>
      {list.isPending && <Loader aria-label={t("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {tags.length > 0 && (
        <TextInput
          type="search"
          aria-label={t("tags.search")}
          placeholder={t("tags.search")}
          leftSection={<SearchIcon size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.length > 0 && (
        <ul className={listStyles.list}>
          {found.map((tag) => (
            <li key={tag.id} className={listStyles.item}>
              <span className={listStyles.name}>
                <bdi>{plainLine(tag.name)}</bdi>
                <span className={listStyles.more}>{t("tags.customers", { count: tag.customers })}</span>
              </span>
              <Menu position="bottom-end" shadow="md">
                <Menu.Target>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={36}
                    aria-label={t("team.actionsOf", { name: plainLine(tag.name) })}
                  >
                    <WrenchIcon size={18} aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {actions
                    .filter((action) => action !== "merge" || tags.length > 1)
                    .map((action) => (
                      <Menu.Item key={action} onClick={() => setChosen({ tag, action })}>
                        {t(`tags.${action}.action`)}
                      </Menu.Item>
                    ))}
                </Menu.Dropdown>
              </Menu>
            </li>
          ))}
        </ul>
      )}
      {list.isSuccess && tags.length === 0 && (
        <EmptyView icon={TagIcon} title={t("tags.none")} hint={t("tags.noneHint")} />
      )}
      {tags.length > 0 && found.length === 0 && (
        <Text c="dimmed" role="status">
          {t("audit.none")}
        </Text>
      )}
      {chosen !== null && <TagDialog {...chosen} tags={tags} onClose={() => setChosen(null)} />}
    </div>
  );
}
