import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { outdated } from "../late/release.ts";
import { ReloadOffer } from "../late/reload-offer.tsx";
import { plainLine } from "../safe-text/plain-line.ts";
import { useObservable } from "../store/use-observable.ts";
import { LanguageSelect } from "../texts/language-select.tsx";
import { Brand } from "./brand.tsx";
import styles from "./entrance.module.css";
import { useLook } from "./look.ts";
import { LookHeading } from "./look-heading.tsx";

/**
 * The frame of the pages that one sees before the console: one card, and the language switch. On an organisation's own
 * pages the card begins with its name and logo.
 */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const look = useLook();
  const isOutdated = useObservable(outdated);
  useDocumentTitle(t("pageTitle", { title: look === null ? title : `${title} · ${plainLine(look.name)}` }));
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Brand />
        <LanguageSelect />
      </header>
      {isOutdated && <ReloadOffer />}
      <main className={styles.main}>
        <div className={styles.card}>
          {look !== null && <LookHeading look={look} />}
          {children}
        </div>
      </main>
    </div>
  );
}
