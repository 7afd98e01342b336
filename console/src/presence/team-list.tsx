import type { Presence } from "@grata/contract/team";
import { Loader, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer } from "virtua";
import { useLive } from "../live/live-provider.tsx";
import { initialsOf } from "../ui/names/customer-name.ts";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { useLanguage } from "../ui/texts/use-language.ts";
import { ownPauseOf } from "./own-pause.ts";
import { PresenceMark } from "./presence-mark.tsx";
import { type Colleague, inTeamOrder, teamOf } from "./team.ts";
import styles from "./team-list.module.css";

/** Who of the team is there: first whoever can take a customer now. */
export function TeamList({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const live = useLive();
  const team = teamOf(live);
  const paused = useObservable(ownPauseOf(live));
  const language = useLanguage();
  const { state, users } = useObservable(team);
  useEffect(() => {
    if (team.snapshot().state.kind === "ready") team.refresh();
  }, [team]);
  // Of oneself this tab knows sooner.
  const own = paused ? "paused" : "online";
  const everybody = inTeamOrder(
    [...users.values()].map((user) => (user.id === userId ? { ...user, presence: own } : user)),
    language,
  );
  const count = (wanted: Presence) => everybody.filter(({ presence }) => presence === wanted).length;
  return (
    <>
      <div className={styles.head}>
        <Title order={2} size="h5">
          {t("presence.title")}
        </Title>
        {state.kind === "ready" && (
          <Text size="xs" c="dimmed">
            {t("presence.summary", {
              online: count("online"),
              paused: count("paused"),
              offline: count("offline"),
            })}
          </Text>
        )}
      </div>
      {content()}
    </>
  );

  function content() {
    switch (state.kind) {
      case "loading":
        return <Loader className={styles.loader} aria-label={t("loading")} />;
      case "refused":
        return <FailureAlert sentence={state.failure.message} onRetry={team.refresh} />;
      case "ready":
        return (
          <>
            <Lines everybody={everybody} userId={userId} />
            {everybody.length === 1 && (
              <Text className={styles.alone} size="sm" c="dimmed">
                {t("presence.alone")}
              </Text>
            )}
          </>
        );
    }
  }
}

/** Only the lines in sight are there. The box can be reached by Tab: else the keyboard could not scroll it. */
function Lines({ everybody, userId }: { everybody: readonly Colleague[]; userId: string }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls and holds nothing to press must take the focus.
    <section ref={box} className={styles.lines} aria-label={t("presence.title")} tabIndex={0} data-autofocus>
      <Virtualizer as="ul" item="li" scrollRef={box} data={everybody}>
        {({ id, name, presence }) => (
          <div key={id} className={styles.line}>
            <span className={styles.face} data-letters={initialsOf(plainLine(name))} aria-hidden />
            <span className={styles.name}>
              <bdi>{plainLine(name)}</bdi>
              {id === userId && <span className={styles.you}> ({t("presence.you")})</span>}
            </span>
            <span className={styles.state} data-presence={presence}>
              <PresenceMark presence={presence} />
              {t(`presence.states.${presence}`)}
            </span>
          </div>
        )}
      </Virtualizer>
    </section>
  );
}
