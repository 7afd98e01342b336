import type { AgentIdentity } from "@grata/contract/agent-identities";
import type { IdentityWorld } from "@grata/contract/shown-as";
import { Button, Loader, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import listStyles from "../../ui/pages/list.module.css";
import pageStyles from "../../ui/pages/page.module.css";
import { PageTurner } from "../../ui/pages/page-turner.tsx";
import { usePageTurning } from "../../ui/pages/use-page-turning.ts";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { SearchIcon, TeamIcon } from "../../ui/theme/icons.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { IdentityDialog } from "./identity-dialog.tsx";
import { IdentityLine } from "./identity-line.tsx";
import { identitiesQuery } from "./requests.ts";

type Opened = { kind: "new" } | { kind: "change" | "delete"; identity: AgentIdentity };

/** My Team > Agent Identities: the names and faces under which customers see the team. */
export function IdentitiesPage() {
  const { t } = useTranslation(["identities", "console"]);
  const sentenceOf = useSentence();
  const [search, setSearch] = useState("");
  const [world, setWorld] = useState<IdentityWorld | "">("");
  const [opened, setOpened] = useState<Opened | null>(null);
  const wanted = useDeferredValue(search.trim());
  const query = { ...(wanted !== "" && { search: wanted }), ...(world !== "" && { world }) };
  const list = useInfiniteQuery(identitiesQuery(query));
  const turning = usePageTurning(list, JSON.stringify(query));
  const page = list.data?.pages[turning.page];
  const lines = page?.identities ?? [];
  const filtered = search !== "" || world !== "";
  const close = () => setOpened(null);
  return (
    <div className={`${pageStyles.page} ${pageStyles.narrow}`}>
      <div>
        <Title order={1} size="h2">
          {t("title")}
        </Title>
        <Text c="dimmed">{t("lead")}</Text>
      </div>
      <Button w="fit-content" onClick={() => setOpened({ kind: "new" })}>
        {t("new")}
      </Button>
      {(lines.length > 0 || filtered) && (
        <div className={pageStyles.filters}>
          <TextInput
            type="search"
            label={t("search")}
            leftSection={<SearchIcon size={16} aria-hidden />}
            value={search}
            maxLength={200}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("world")}
            value={world}
            data={(["", "webchat", "wechat"] as const).map((value) => ({
              value,
              label: value === "" ? t("everyWorld") : t(`worlds.${value}`),
            }))}
            onChange={({ currentTarget: { value } }) => setWorld(value as IdentityWorld | "")}
          />
        </div>
      )}
      {list.isPending && <Loader aria-label={t("console:loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {page !== undefined && lines.length > 0 && (
        <>
          <ul className={listStyles.list}>
            {lines.map((identity) => (
              <IdentityLine
                key={identity.id}
                identity={identity}
                onChange={() => setOpened({ kind: "change", identity })}
                onDelete={() => setOpened({ kind: "delete", identity })}
              />
            ))}
          </ul>
          <PageTurner turning={turning}>{t("count", { count: page.total })}</PageTurner>
        </>
      )}
      {page !== undefined && lines.length === 0 && filtered && (
        <Text c="dimmed" role="status">
          {t("notFound")}
        </Text>
      )}
      {page !== undefined && lines.length === 0 && !filtered && (
        <EmptyView icon={TeamIcon} title={t("none")} hint={t("noneHint")} />
      )}
      {opened?.kind === "delete" && <DeleteDialog identity={opened.identity} onClose={close} />}
      {opened !== null && opened.kind !== "delete" && (
        <IdentityDialog identity={opened.kind === "new" ? null : opened.identity} onClose={close} />
      )}
    </div>
  );
}
