import { Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TabSign } from "../notifications/attention/tab-sign.tsx";
import { BackIcon } from "../ui/theme/icons.ts";
import styles from "./own-page.module.css";

interface OwnPageProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** The frame of the pages about oneself, which the menu under the name leads to. */
export function OwnPage({ title, lead, children }: OwnPageProps) {
  const { t } = useTranslation();
  return (
    <main className={styles.scroll} id="content" tabIndex={-1}>
      <TabSign title={title} />
      <div className={styles.page}>
        <Link className={styles.back} to="/console" activeOptions={{ exact: true }}>
          <BackIcon size={16} aria-hidden />
          {t("admin.back")}
        </Link>
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {lead !== undefined && <Text c="dimmed">{lead}</Text>}
        </div>
        {children}
      </div>
    </main>
  );
}
