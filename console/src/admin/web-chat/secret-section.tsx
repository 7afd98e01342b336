import type { WebChat } from "@grata/contract/web-chat";
import { Button, Checkbox, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { CopyButton } from "../../ui/parts/copy-button.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { formatInstant } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import { makeSecret } from "./requests.ts";
import styles from "./web-chat.module.css";

/** The secret with which the shop's server vouches for its customers: made here, shown once. */
export function SecretSection({ webChat }: { webChat: WebChat }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const [asking, setAsking] = useState(false);
  const [endFormer, setEndFormer] = useState(false);
  const making = useMutation({
    mutationFn: (end: boolean) => makeSecret(webChat.id, end),
    onSettled() {
      setAsking(false);
      setEndFormer(false);
    },
  });
  const dayOf = (at: number) => formatInstant(at, locale);
  const { secret } = webChat;
  return (
    <section className={styles.card}>
      <Title order={2} size="h4">
        {t("webChat.secret")}
      </Title>
      <Text c="dimmed">{t("webChat.secretHint")}</Text>
      {making.isError && <FailureAlert sentence={sentenceOf(making.error)} />}
      <Text>
        {secret === null ? t("webChat.secretNone") : t("webChat.secretMade", { day: dayOf(secret.madeAt) })}{" "}
        {secret?.formerUntil != null && t("webChat.secretFormer", { day: dayOf(secret.formerUntil) })}
      </Text>
      {making.isSuccess && (
        <>
          <Text fw={600}>{t("webChat.secretOnce")}</Text>
          <code className={styles.code}>{making.data}</code>
          <CopyButton text={making.data} />
        </>
      )}
      <Button
        variant="default"
        w="fit-content"
        loading={making.isPending && !asking}
        onClick={() => (secret === null ? making.mutate(false) : setAsking(true))}
      >
        {secret === null ? t("webChat.secretMake") : t("webChat.secretRotate")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("webChat.secretConfirm")}
          action={t("webChat.secretRotate")}
          pending={making.isPending}
          onConfirm={() => making.mutate(endFormer)}
          onCancel={() => setAsking(false)}
        >
          <Text>{t("webChat.secretConfirmHint")}</Text>
          <Checkbox
            checked={endFormer}
            onChange={(event) => setEndFormer(event.currentTarget.checked)}
            label={t("webChat.secretEndNow")}
          />
        </ConfirmDialog>
      )}
    </section>
  );
}
