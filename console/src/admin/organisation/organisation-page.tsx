import { Loader, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { OrganisationForm } from "./organisation-form.tsx";
import { OwnEntranceSection } from "./own-entrance-section.tsx";
import { organisationQuery } from "./requests.ts";
import { RetentionSection } from "./retention-section.tsx";

/** What an admin sets for everybody. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const settings = useQuery(organisationQuery);
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <div>
        <Title order={1} size="h2">
          {t("organisation.title")}
        </Title>
        <Text c="dimmed">{t("organisation.lead")}</Text>
      </div>
      {settings.isPending && <Loader aria-label={t("loading")} />}
      {settings.isError && (
        <FailureAlert sentence={sentenceOf(settings.error)} onRetry={() => void settings.refetch()} />
      )}
      {settings.isSuccess && <OrganisationForm settings={settings.data} />}
      <OwnEntranceSection />
      <RetentionSection />
    </div>
  );
}
