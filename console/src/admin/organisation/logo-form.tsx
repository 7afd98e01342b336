import { logoLimits, logoTypes } from "@grata/contract/own-entrance";
import { Button, FileButton, Group, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "../../ui/entrance/logo.tsx";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import own from "./own-entrance.module.css";
import { removeLogo, uploadLogo } from "./own-entrance-requests.ts";

/** The logo as it is shown, and ways to another one or none. */
export function LogoForm({ logo }: { logo: string | null }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const chosenBefore = useRef<() => void>(null);
  const saving = useMutation({
    mutationFn: (file: File | null) => (file === null ? removeLogo() : uploadLogo(file)),
    onSuccess: (_saved, file) =>
      notify(t(file === null ? "ownEntrance.logoRemoved" : "ownEntrance.logoSaved")),
    // The same file may be chosen again once it was mended.
    onSettled: () => chosenBefore.current?.(),
  });
  // A server that stops reading in the middle of a file looks like one that is out of reach.
  const tooLarge = (saving.variables?.size ?? 0) > logoLimits.bytes;
  return (
    <section className={styles.card}>
      <Title order={3} size="h4">
        {t("ownEntrance.logo")}
      </Title>
      {saving.isError && (
        <FailureAlert sentence={tooLarge ? t("ownEntrance.logoTooLarge") : sentenceOf(saving.error)} />
      )}
      <div className={own.preview}>
        {logo === null ? (
          <Text c="dimmed">{t("ownEntrance.logoNone")}</Text>
        ) : (
          <Logo address={logo} alt={t("ownEntrance.logoShown")} />
        )}
      </div>
      <Text c="dimmed" size="sm">
        {t("ownEntrance.logoHint")}
      </Text>
      <Group>
        <FileButton
          accept={logoTypes.join(",")}
          resetRef={chosenBefore}
          onChange={(file) => file !== null && saving.mutate(file)}
        >
          {(props) => (
            <Button {...props} variant="default" loading={saving.isPending}>
              {t(logo === null ? "ownEntrance.logoUpload" : "ownEntrance.logoReplace")}
            </Button>
          )}
        </FileButton>
        {logo !== null && (
          <Button variant="default" disabled={saving.isPending} onClick={() => saving.mutate(null)}>
            {t("ownEntrance.logoRemove")}
          </Button>
        )}
      </Group>
    </section>
  );
}
