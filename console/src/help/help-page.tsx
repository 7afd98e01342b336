import { Center, Loader, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { TabSign } from "../attention/tab-sign.tsx";
import { FailureAlert } from "../layout/failure-alert.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { BackIcon } from "../theme/icons.ts";
import styles from "./help-page.module.css";
import { loadHelp } from "./load-help.ts";

/** How to work here, screen by screen, in the reader's language. */
export function HelpPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const book = useQuery({ queryKey: ["help", language], queryFn: () => loadHelp(language) });
  const { hash } = useLocation();
  const loaded = book.isSuccess;
  // The browser looked for the section before it was there.
  useEffect(() => {
    if (loaded) document.getElementById(hash)?.scrollIntoView();
  }, [loaded, hash]);
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
        {book.isPending && (
          <Center mih="10rem">
            <Loader aria-label={t("loading")} />
          </Center>
        )}
        {book.isError && (
          <FailureAlert sentence={t("failures.unreachable")} onRetry={() => void book.refetch()} />
        )}
        {book.data?.map(({ id, title, paragraphs }) => (
          <section key={id} id={id}>
            <Title order={2} size="h4">
              {title}
            </Title>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
      </div>
    </main>
  );
}
