import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ChatList } from "../chats/chat-list.tsx";
import { LiveProvider } from "../live/live-provider.tsx";
import { forgetSession } from "../session/begin-session.ts";
import { sessionQuery } from "../session/session-query.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ConsoleHeader } from "./console-header.tsx";
import styles from "./console-page.module.css";
import { ConsoleTitle } from "./console-title.tsx";
import { SkipLink } from "./skip-link.tsx";

/** The console: chats on one side, the chosen one on the other; one after the other on narrow screens. */
export function ConsolePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { href } = useLocation();
  const { data: session } = useQuery(sessionQuery);
  const { conversationId } = useParams({ strict: false });
  if (!session) {
    // Signed out; the sign-in page is about to appear.
    return null;
  }
  return (
    <LiveProvider
      user={session.user}
      onEnded={(ended) => {
        forgetSession();
        void navigate({ to: "/sign-in", search: { ended, to: href } });
      }}
    >
      <ConsoleTitle />
      {conversationId !== undefined && <SkipLink target="chat">{t("header.skip")}</SkipLink>}
      <div className={styles.page}>
        <div>
          <ConsoleHeader session={session} />
          <ConnectionBanner />
        </div>
        <main className={styles.columns} data-step={conversationId === undefined ? "list" : "chat"}>
          <VisuallyHidden component="h1">{t("console.title")}</VisuallyHidden>
          <ChatList />
          <div className={styles.chat} id="chat" tabIndex={-1}>
            <Outlet />
          </div>
        </main>
      </div>
    </LiveProvider>
  );
}
