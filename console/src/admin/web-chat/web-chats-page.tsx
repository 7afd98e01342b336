import { Button, Group, Loader, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { createWebChat, webChatsQuery } from "./requests.ts";
import styles from "./web-chat.module.css";

/** Channels > Web chat: every chat window of the organisation, and a new one. */
export function WebChatsPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const navigate = useNavigate();
  const list = useQuery(webChatsQuery);
  const [name, setName] = useState("");
  const creation = useMutation({
    mutationFn: createWebChat,
    onSuccess: ({ id }) => navigate({ to: "/console/admin/web-chat/$channelId", params: { channelId: id } }),
  });
  return (
    <div className={styles.page}>
      <div>
        <Title order={1} size="h2">
          {t("webChat.title")}
        </Title>
        <Text c="dimmed">{t("webChat.lead")}</Text>
      </div>
      {list.isPending && <Loader aria-label={t("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      <ul className={styles.list}>
        {list.data?.map(({ id, settings }) => (
          <li key={id}>
            <Link className={styles.entry} to="/console/admin/web-chat/$channelId" params={{ channelId: id }}>
              <span className={styles.swatch} style={{ backgroundColor: settings.colour }} />
              <span>
                <Text fw={600} component="span" display="block">
                  <bdi>{plainLine(settings.name)}</bdi>
                </Text>
                <Text c="dimmed" size="sm" component="span">
                  {settings.allowedOrigins.length === 0
                    ? t("webChat.everySite")
                    : t("webChat.sites", { count: settings.allowedOrigins.length })}
                </Text>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          creation.mutate(name);
        }}
      >
        <Title order={2} size="h4">
          {t("webChat.new")}
        </Title>
        <Group align="flex-end">
          <TextInput
            label={t("webChat.newName")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={creation.isError && sentenceOf(creation.error)}
            flex={1}
          />
          <Button type="submit" loading={creation.isPending}>
            {t("webChat.create")}
          </Button>
        </Group>
      </form>
    </div>
  );
}
