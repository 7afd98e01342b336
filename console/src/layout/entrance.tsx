import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LanguageSelect } from "../texts/language-select.tsx";
import { Brand } from "./brand.tsx";
import styles from "./entrance.module.css";

/** The frame of the pages that one sees before the console: one card, and the language switch. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  useDocumentTitle(t("pageTitle", { title }));
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Brand />
        <LanguageSelect />
      </header>
      <main className={styles.main}>
        <div className={styles.card}>{children}</div>
      </main>
    </div>
  );
}
