import { Loader, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { HostForm } from "./host-form.tsx";
import { LogoForm } from "./logo-form.tsx";
import { ownEntranceQuery } from "./own-entrance-requests.ts";
import { SlugForm } from "./slug-form.tsx";

/** The organisation's own sign-in page: its logo, its address, its host name; each is saved by itself. */
export function OwnEntranceSection() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const entrance = useQuery(ownEntranceQuery);
  return (
    <>
      <div>
        <Title order={2} size="h3">
          {t("ownEntrance.title")}
        </Title>
        <Text c="dimmed">{t("ownEntrance.lead")}</Text>
      </div>
      {entrance.isPending && <Loader aria-label={t("loading")} />}
      {entrance.isError && (
        <FailureAlert sentence={sentenceOf(entrance.error)} onRetry={() => void entrance.refetch()} />
      )}
      {entrance.isSuccess && (
        <>
          <LogoForm logo={entrance.data.logo} />
          <SlugForm slug={entrance.data.slug} entrances={entrance.data.entrances} />
          <HostForm host={entrance.data.host} entrances={entrance.data.entrances} />
        </>
      )}
    </>
  );
}
