import type { OwnEntrance } from "@grata/contract/own-entrance";
import { Button, Group, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { HostState } from "./host-state.tsx";
import { saveHost } from "./own-entrance-requests.ts";

/** A host name of the organisation's own, and how far it is on its way. */
export function HostForm({ host, entrances }: Pick<OwnEntrance, "host" | "entrances">) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [typed, setTyped] = useState(host?.name ?? "");
  const saving = useMutation({
    mutationFn: saveHost,
    onSuccess(saved) {
      setTyped(saved.host?.name ?? "");
      notify(t("organisation.saved"));
    },
  });
  return (
    <section className={styles.card}>
      <Title order={3} size="h4">
        {t("ownEntrance.host")}
      </Title>
      <form
        className={styles.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate(typed);
        }}
      >
        <TextInput
          label={t("ownEntrance.hostName")}
          description={t("ownEntrance.hostHint")}
          placeholder="chat.example.com"
          error={saving.isError && sentenceOf(saving.error)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={253}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <Group>
          <Button type="submit" variant="default" loading={saving.isPending}>
            {t("ownEntrance.hostSave")}
          </Button>
        </Group>
      </form>
      {host !== null && <HostState key={host.record.value} host={host} entrances={entrances} />}
    </section>
  );
}
