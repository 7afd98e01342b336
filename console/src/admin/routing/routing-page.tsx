import { Loader, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { GroupsSection } from "./groups-section.tsx";
import { groupsQuery, routingQuery } from "./requests.ts";
import { RoutingForm } from "./routing-form.tsx";
import "@mantine/core/styles/Combobox.layer.css";
import "@mantine/core/styles/Pill.layer.css";
import "@mantine/core/styles/PillsInput.layer.css";

/** My Team > Routing: user groups, and the rules that lead new chats to them. */
export function RoutingPage() {
  const { t } = useTranslation(["console", "routing"]);
  const sentenceOf = useSentence();
  const groups = useQuery(groupsQuery);
  const routing = useQuery(routingQuery);
  const failed = groups.error ?? routing.error;
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <div>
        <Title order={1} size="h2">
          {t("routing.title")}
        </Title>
        <Text c="dimmed">{t("routing:lead")}</Text>
      </div>
      {(groups.isPending || routing.isPending) && <Loader aria-label={t("loading")} />}
      {failed !== null && (
        <FailureAlert
          sentence={sentenceOf(failed)}
          onRetry={() => void Promise.all([groups.refetch(), routing.refetch()])}
        />
      )}
      {groups.data && <GroupsSection groups={groups.data} />}
      {groups.data && routing.data && <RoutingForm groups={groups.data} routing={routing.data} />}
    </div>
  );
}
