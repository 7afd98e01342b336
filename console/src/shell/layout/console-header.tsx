import type { SignedInUser } from "@grata/contract/http";
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { NextChat } from "../../chat/wait-list/next-chat.tsx";
import { SoundHint } from "../../notifications/attention/sound-hint.tsx";
import { Brand } from "../../ui/entrance/brand.tsx";
import { latePart } from "../../ui/late/late-part.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { ConnectionState } from "./connection-state.tsx";
import styles from "./console-header.module.css";
import { UserMenu } from "./user-menu.tsx";

const HeaderPresence = latePart(async () => (await import("./soon.ts")).HeaderPresence, {
  place: "button",
  ahead: true,
});

/** The bar above every page behind the sign-in: whose this is, whether it is live, who waits, and the user's menu. */
export function ConsoleHeader({ session }: { session: SignedInUser }) {
  const { t } = useTranslation();
  const organisation = plainLine(session.organisation.name);
  return (
    <header className={styles.header} data-bar>
      <Link
        to="/console"
        activeOptions={{ exact: true }}
        className={styles.home}
        aria-label={t("header.home")}
      >
        <Brand compact />
      </Link>
      <Text className={styles.organisation} truncate title={organisation}>
        <bdi>{organisation}</bdi>
      </Text>
      <ConnectionState />
      <SoundHint />
      <div className={styles.actions}>
        <Suspense>
          <HeaderPresence userId={session.user.id} />
        </Suspense>
        <NextChat />
        <UserMenu session={session} />
      </div>
    </header>
  );
}
