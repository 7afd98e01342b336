import { Alert, Button, Group, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { DoneIcon, WarningIcon } from "../../ui/theme/icons.ts";
import { checkPage } from "./requests.ts";
import styles from "./web-chat.module.css";

/** Looks at a page of the shop and says whether the chat works on it, and if not, why. */
export function CheckSection({ webChatId }: { webChatId: string }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [url, setUrl] = useState("");
  const check = useMutation({ mutationFn: () => checkPage(webChatId, withScheme(url)) });
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate();
      }}
    >
      <Title order={2} size="h4">
        {t("webChat.check")}
      </Title>
      <Text c="dimmed">{t("webChat.checkHint")}</Text>
      <Group align="flex-end">
        <TextInput
          label={t("webChat.checkUrl")}
          type="url"
          placeholder="https://shop.example/"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={check.isError && sentenceOf(check.error)}
          flex={1}
        />
        <Button type="submit" variant="default" loading={check.isPending}>
          {t("webChat.checkRun")}
        </Button>
      </Group>
      <div role="status">
        {check.isSuccess && (
          <Alert
            color={check.data.works ? "green" : "red"}
            variant="light"
            icon={check.data.works ? <DoneIcon aria-hidden /> : <WarningIcon aria-hidden />}
            title={check.data.works ? t("webChat.works") : t("webChat.worksNot")}
          >
            <ul className={styles.findings}>
              {check.data.findings.map(({ code, message }) => (
                <li key={code}>{message}</li>
              ))}
            </ul>
          </Alert>
        )}
      </div>
    </form>
  );
}

/** People write addresses as they say them. */
function withScheme(url: string): string {
  const trimmed = url.trim();
  return /^[a-z]+:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}
