import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LiveProvider } from "../../live/live-provider.tsx";
import { forgetSession } from "../../session/begin-session.ts";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { beginLoadingAhead } from "../../ui/late/ahead.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { SkipLink } from "../../ui/parts/skip-link.tsx";
import { knownTimeZone, TimeZoneContext } from "../../ui/time/time-zone.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ConsoleHeader } from "./console-header.tsx";
import styles from "./console-page.module.css";

const InactivityGuard = latePart(
  async () => (await import("../../account/inactivity/inactivity-guard.tsx")).InactivityGuard,
  { place: "nothing", ahead: true },
);

const AttentionGuard = latePart(
  async () => (await import("../../notifications/attention/attention-guard.tsx")).AttentionGuard,
  { place: "nothing", ahead: true },
);

const Shortcuts = latePart(async () => (await import("./soon.ts")).Shortcuts, {
  place: "nothing",
  ahead: true,
});

const SoonNotices = latePart(async () => (await import("./soon.ts")).SoonNotices, {
  place: "nothing",
  ahead: true,
});

const TestDock = latePart(async () => (await import("./soon.ts")).TestDock, {
  place: "nothing",
  ahead: true,
});

/** The frame of everything behind the sign-in: live, with the bar above, so that nobody misses who waits. */
export function ConsolePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { href } = useLocation();
  const { data: session } = useQuery(sessionQuery);
  useEffect(beginLoadingAhead, []);
  if (!session) {
    // Signed out; the sign-in page is about to appear.
    return null;
  }
  const { user, organisation } = session;
  return (
    <TimeZoneContext value={knownTimeZone(user.timeZone ?? organisation.timeZone)}>
      <LiveProvider
        user={user}
        onEnded={(ended) => {
          forgetSession();
          void navigate({ to: "/sign-in", search: { ended, to: href } });
        }}
        onFactorOwed={async () => {
          await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
          await navigate({ to: "/second-factor" });
        }}
      >
        <SkipLink target="content">{t("header.skip")}</SkipLink>
        <div className={styles.page}>
          <div>
            <ConsoleHeader session={session} />
            <ConnectionBanner />
            <Suspense>
              <SoonNotices />
            </Suspense>
          </div>
          <Outlet />
          <Suspense>
            <TestDock userId={user.id} />
          </Suspense>
        </div>
        <Suspense>
          <InactivityGuard />
          <AttentionGuard preference={user.notifications} />
          <Shortcuts user={user} />
        </Suspense>
      </LiveProvider>
    </TimeZoneContext>
  );
}
