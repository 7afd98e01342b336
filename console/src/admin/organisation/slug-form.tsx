import { Button, Group, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { CopyLine } from "./copy-line.tsx";
import { saveSlug } from "./own-entrance-requests.ts";

interface SlugFormProps {
  slug: string | null;
  entrances: readonly string[];
}

/** The address of the own sign-in page, at each entrance. */
export function SlugForm({ slug, entrances }: SlugFormProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [typed, setTyped] = useState(slug ?? "");
  const saving = useMutation({
    mutationFn: saveSlug,
    onSuccess(saved) {
      setTyped(saved.slug ?? "");
      notify(t("organisation.saved"));
    },
  });
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(typed);
      }}
    >
      <Title order={3} size="h4">
        {t("ownEntrance.address")}
      </Title>
      <TextInput
        label={t("ownEntrance.slug")}
        description={t("ownEntrance.slugHint")}
        error={saving.isError && sentenceOf(saving.error)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={40}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      <Group>
        <Button type="submit" variant="default" loading={saving.isPending}>
          {t("ownEntrance.slugSave")}
        </Button>
      </Group>
      {slug !== null && (
        <>
          <Text>{t("ownEntrance.addresses")}</Text>
          {entrances.map((entrance) => (
            <CopyLine key={entrance} text={`${entrance}/${slug}`} />
          ))}
        </>
      )}
    </form>
  );
}
