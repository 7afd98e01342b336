import { holds } from "@grata/contract/permissions";
import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { TabSign } from "../notifications/attention/tab-sign.tsx";
import { sessionQuery } from "../session/session-query.ts";
import { PermissionStep } from "../welcome/permission-step.tsx";
import { WelcomeBanner } from "../welcome/welcome-banner.tsx";
import { ChatList } from "./chat-list.tsx";
import styles from "./desk-page.module.css";

/** Where an agent works: chats on one side, the chosen one on the other; one after the other on narrow screens. */
export function DeskPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const { conversationId } = useParams({ strict: false });
  const choosing = conversationId === undefined;
  return (
    <main className={styles.desk}>
      <TabSign title={t("console.title")} />
      <VisuallyHidden component="h1">{t("console.title")}</VisuallyHidden>
      {choosing && session && holds(session.user, "organisation.manage") && (
        <WelcomeBanner user={session.user} />
      )}
      {choosing && session && <PermissionStep userId={session.user.id} />}
      <div className={styles.columns} data-step={choosing ? "list" : "chat"}>
        <ChatList />
        <div className={styles.chat} id="content" tabIndex={-1} data-settles>
          <Outlet />
        </div>
      </div>
    </main>
  );
}
