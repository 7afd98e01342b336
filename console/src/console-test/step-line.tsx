import { Button, Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PopUpPermission } from "../notifications/attention/pop-up-permission.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { DoneIcon } from "../ui/theme/icons.ts";
import { PermissionBody } from "./permission-body.tsx";
import type { Run } from "./run.ts";
import { SoundBody } from "./sound-body.tsx";
import type { Step } from "./steps.ts";
import styles from "./test-panel.module.css";
import { WithCustomer } from "./with-customer.tsx";

interface StepLineProps {
  step: Step;
  number: number;
  active: boolean;
  run: Run;
  permission: PopUpPermission;
  askForPopUps: () => Promise<void>;
}

/** One step: what became of it, or, while it is its turn, what to do. */
export function StepLine({ step, number, active, run, permission, askForPopUps }: StepLineProps) {
  const { t } = useTranslation("consoleTest");
  const tick = useObservable(run).ticks[step];
  const name = t(`step.${step}`);
  return (
    <li className={styles.step} data-tick={tick} aria-current={active ? "step" : undefined}>
      <span className={styles.mark} aria-hidden>
        {tick === "done" ? <DoneIcon size={14} /> : tick === "skipped" ? "–" : number}
      </span>
      <div className={styles.content}>
        <div className={styles.line}>
          <Text component="span" size="sm" fw={active ? 600 : 400}>
            {name}
            {tick === "done" && <VisuallyHidden>{t("done")}</VisuallyHidden>}
          </Text>
          {tick === "skipped" && (
            <Text component="span" size="xs" c="dimmed">
              {t("skipped")}
            </Text>
          )}
          {tick !== undefined && (
            <Button
              className={styles.again}
              size="compact-xs"
              variant="subtle"
              aria-label={t("repeatStep", { step: name })}
              onClick={() => run.repeat(step)}
            >
              {t("repeat")}
            </Button>
          )}
        </div>
        {active && (
          <>
            <Text size="sm" c="dimmed">
              {t(`hint.${step}`)}
            </Text>
            {body()}
            <Button
              className={styles.skip}
              size="compact-xs"
              variant="subtle"
              aria-label={t("skipStep", { step: name })}
              onClick={() => run.skip(step)}
            >
              {t("skip")}
            </Button>
          </>
        )}
      </div>
    </li>
  );

  function body() {
    switch (step) {
      case "permission":
        return <PermissionBody permission={permission} ask={askForPopUps} />;
      case "sound":
        return <SoundBody onHeard={run.hear} />;
      default:
        return <WithCustomer step={step} run={run} permission={permission} />;
    }
  }
}
