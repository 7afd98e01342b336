import { Button, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../session/session-query.ts";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { NewWindowIcon } from "../ui/theme/icons.ts";
import styles from "./overview-page.module.css";

/** The first page of the Admin Panel: whose it is, and how customers reach it. */
export function OverviewPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  return (
    <div className={styles.page}>
      <Text c="dimmed">
        <bdi>{plainLine(session?.organisation.name ?? "")}</bdi>
      </Text>
      <Title order={1} size="h2">
        {t("admin.overview.title")}
      </Title>
      <section className={styles.card}>
        <Title order={2} size="h4">
          {t("admin.overview.webChat")}
        </Title>
        <Text c="dimmed">{t("admin.overview.webChatHint")}</Text>
        <Button
          component="a"
          href="/try"
          target="_blank"
          variant="default"
          rightSection={<NewWindowIcon size={16} aria-hidden />}
        >
          {t("welcome.tryPage")}
        </Button>
      </section>
    </div>
  );
}
