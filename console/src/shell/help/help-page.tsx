import { Center, Loader, Title } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { TabSign } from "../../notifications/attention/tab-sign.tsx";
import { LateFailure } from "../../ui/late/late-failure.tsx";
import { useLate } from "../../ui/late/use-late.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { BackIcon } from "../../ui/theme/icons.ts";
import { helpBooks } from "./help-books.ts";
import styles from "./help-page.module.css";

/** How to work here, screen by screen, in the reader's language. */
export function HelpPage() {
  const { t } = useTranslation();
  return (
    <main className={styles.scroll} id="content" tabIndex={-1}>
      <TabSign title={t("help.title")} />
      <div className={styles.page}>
        <Link className={styles.back} to="/console" activeOptions={{ exact: true }}>
          <BackIcon size={16} aria-hidden />
          {t("admin.back")}
        </Link>
        <Title order={1} size="h2">
          {t("help.title")}
        </Title>
        <Suspense
          fallback={
            <Center mih="10rem">
              <Loader aria-label={t("loading")} />
            </Center>
          }
        >
          <Sections />
        </Suspense>
      </div>
    </main>
  );
}

function Sections() {
  const book = helpBooks[useLanguage()];
  const loaded = useLate(book);
  const { hash } = useLocation();
  // The browser looked for the section before it was there.
  useEffect(() => {
    if (loaded.kind === "ready") document.getElementById(hash)?.scrollIntoView();
  }, [loaded, hash]);
  if (loaded.kind === "failed") {
    return <LateFailure place="section" onRetry={() => void book.get().catch(() => undefined)} />;
  }
  return loaded.value.map(({ id, title, paragraphs }) => (
    <section key={id} id={id}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </section>
  ));
}
