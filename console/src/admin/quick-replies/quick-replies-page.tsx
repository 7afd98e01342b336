import { Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Manager } from "../../quick-replies/manager.tsx";
import styles from "../../ui/pages/page.module.css";

/** My Team > Quick replies: those that everybody may use. */
export function QuickRepliesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/console/admin/quick-replies" });
  return (
    <div className={styles.page}>
      <div>
        <Title order={1} size="h2">
          {t("quickReplies.title")}
        </Title>
        <Text c="dimmed">{t("quickReplies.lead")}</Text>
      </div>
      <Manager
        scope="organisation"
        search={search}
        onSearch={(wanted) =>
          void navigate({ to: "/console/admin/quick-replies", search: wanted, replace: true })
        }
      />
    </div>
  );
}
