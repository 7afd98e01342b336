import { ActionIcon, Text, Title, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { usePopUpPermission } from "../notifications/attention/use-pop-up-permission.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { CloseIcon, OpenIcon } from "../ui/theme/icons.ts";
import { dock, setDock } from "./dock.ts";
import { createRun, type Run } from "./run.ts";
import { StepLine } from "./step-line.tsx";
import { activeStep, type Step, steps } from "./steps.ts";
import { Summary } from "./summary.tsx";
import styles from "./test-panel.module.css";

/** The test of one's own console: a list that ticks itself, beside whatever one works on. */
export function TestPanel({ userId }: { userId: string }) {
  const live = useLive();
  const [run, setRun] = useState<Run | null>(null);
  useEffect(() => {
    const begun = createRun(live);
    setRun(begun);
    return begun.dispose;
  }, [live]);
  return run && <Panel run={run} userId={userId} />;
}

function Panel({ run, userId }: { run: Run; userId: string }) {
  const { t } = useTranslation();
  const texts = useTranslation("consoleTest").t;
  const { ticks } = useObservable(run);
  const [permission, askForPopUps] = usePopUpPermission();
  const place = useObservable(dock);
  const title = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const active = activeStep(ticks);
  const settled = steps.filter((step) => ticks[step] !== undefined).length;
  const folded = place === "folded";

  useEffect(() => {
    if (permission === "granted") run.permit();
  }, [run, permission]);
  useEffect(() => {
    if (folded || active === undefined) return;
    body.current?.querySelector('[aria-current="step"]')?.scrollIntoView({ block: "nearest" });
  }, [active, folded]);
  useEffect(() => {
    if (place !== "fresh") return;
    setDock("open");
    // Once the menu or dialog that it was asked for in is gone: that gives the focus back first.
    setTimeout(() => title.current?.focus());
  }, [place]);

  function close(): void {
    void run.end();
    setDock("away");
    document.getElementById("content")?.focus();
  }

  return (
    <aside className={styles.dock} data-dock={folded ? "folded" : "open"} aria-labelledby="console-test">
      <header className={styles.head}>
        <div className={styles.words}>
          <Title order={2} size="h5" id="console-test" tabIndex={-1} ref={title} className={styles.title}>
            {t("consoleTest.title")}
          </Title>
          <Text size="xs" c="dimmed">
            {texts("progress", { settled, all: steps.length })}
          </Text>
        </div>
        <ActionIcon
          className={styles.fold}
          variant="subtle"
          size={36}
          aria-expanded={!folded}
          aria-controls="console-test-steps"
          aria-label={texts("steps")}
          onClick={() => setDock(folded ? "open" : "folded")}
        >
          <OpenIcon size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="subtle" size={36} aria-label={texts("close")} onClick={close}>
          <CloseIcon size={18} aria-hidden />
        </ActionIcon>
      </header>
      <div ref={body} id="console-test-steps" className={styles.body} hidden={folded}>
        {active === undefined && <Summary ticks={ticks} userId={userId} onAgain={run.restart} />}
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            <StepLine
              key={step}
              step={step}
              number={index + 1}
              active={step === active}
              run={run}
              permission={permission}
              askForPopUps={askForPopUps}
            />
          ))}
        </ol>
        {active !== undefined && settled === 0 && (
          <Text size="xs" c="dimmed">
            {texts("lead")}
          </Text>
        )}
      </div>
      <Announcement run={run} />
    </aside>
  );
}

/** Tells a screen reader of each tick, wherever its user is. */
function Announcement({ run }: { run: Run }) {
  const { t } = useTranslation("consoleTest");
  const { ticks } = useObservable(run);
  const [said, setSaid] = useState<{ step: Step; tick: "done" | "skipped" }>();
  const before = useRef(ticks);
  useEffect(() => {
    const step = steps.findLast((one) => ticks[one] !== undefined && ticks[one] !== before.current[one]);
    const tick = step && ticks[step];
    before.current = ticks;
    if (step && tick) setSaid({ step, tick });
  }, [ticks]);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said && t(`said.${said.tick}`, { step: t(`step.${said.step}`) })}
      {said && activeStep(ticks) === undefined && ` ${t("said.over")}`}
    </VisuallyHidden>
  );
}
