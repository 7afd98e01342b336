import type { Language } from "@grata/contract/languages";
import type { WebChat } from "@grata/contract/web-chat";
import { Loader, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/parts/copy-button.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { BackIcon } from "../../ui/theme/icons.ts";
import { CheckSection } from "./check-section.tsx";
import { Preview } from "./preview.tsx";
import { webChatsQuery } from "./requests.ts";
import { SecretSection } from "./secret-section.tsx";
import { SettingsForm } from "./settings-form.tsx";
import styles from "./web-chat.module.css";

/** One web chat: what it looks like, where it may be, and how it gets onto a page. */
export function WebChatPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const { channelId } = useParams({ from: "/console/admin/web-chat/$channelId" });
  const list = useQuery(webChatsQuery);
  const webChat = list.data?.find(({ id }) => id === channelId);
  return (
    <div className={styles.page}>
      <Link className={styles.back} to="/console/admin/web-chat" activeOptions={{ exact: true }}>
        <BackIcon size={16} aria-hidden />
        {t("webChat.back")}
      </Link>
      {list.isPending && <Loader aria-label={t("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.isSuccess && !webChat && <FailureAlert sentence={t("webChat.missing")} />}
      {webChat && <Editor key={webChat.id} webChat={webChat} />}
    </div>
  );
}

function Editor({ webChat }: { webChat: WebChat }) {
  const { t } = useTranslation();
  const own = useLanguage();
  const [language, setLanguage] = useState<Language>(own);
  const form = useForm({ initialValues: webChat.settings });
  return (
    <>
      <Title order={1} size="h2">
        <bdi>{plainLine(webChat.settings.name)}</bdi>
      </Title>
      <section className={styles.card}>
        <Title order={2} size="h4">
          {t("webChat.snippet")}
        </Title>
        <Text c="dimmed">{t("webChat.snippetHint")}</Text>
        <div className={styles.snippet}>
          <code className={styles.code}>{webChat.snippet}</code>
          <CopyButton text={webChat.snippet} />
        </div>
      </section>
      <div className={styles.split}>
        <div className={styles.sections}>
          <SettingsForm webChatId={webChat.id} form={form} language={language} onLanguage={setLanguage} />
          <CheckSection webChatId={webChat.id} />
          <SecretSection webChat={webChat} />
        </div>
        <Preview settings={form.values} language={language} />
      </div>
    </>
  );
}
