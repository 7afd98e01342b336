import { after } from "@grata/client/timers";
import { Button, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMicrophonePermission } from "../messages/voice/use-microphone-permission.ts";
import type { PopUpPermission } from "../notifications/attention/pop-up-permission.ts";
import { useOwnPause } from "../presence/use-own-pause.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { DoneIcon, NewWindowIcon } from "../ui/theme/icons.ts";
import { Advice } from "./advice.tsx";
import type { Evidence } from "./evidence.ts";
import type { Run } from "./run.ts";
import type { Step } from "./steps.ts";
import styles from "./test-panel.module.css";

type Part = keyof Evidence;

/** What a step consists of, where it is more than one thing. */
const partsOf: Partial<Record<Step, readonly Part[]>> = {
  message: ["arrived", "read"],
  voice: ["heardThere", "heardHere"],
};

type SlowStep = "popUp" | "waitList" | "message" | "voice";
const isSlowStep = (step: Step): step is SlowStep =>
  step === "popUp" || step === "waitList" || step === "message" || step === "voice";

interface WithCustomerProps {
  step: Step;
  run: Run;
  permission: PopUpPermission;
}

/** A step with the customer's window: opens it, says what is seen already, and what may be wrong. */
export function WithCustomer({ step, run, permission }: WithCustomerProps) {
  const { t } = useTranslation("consoleTest");
  const sentenceOf = useSentence();
  const { customer, evidence, failure } = useObservable(run);
  const { paused } = useOwnPause();
  const [microphone] = useMicrophonePermission();
  const voice = useTranslation("voice").t;
  const open = customer === "open";
  const parts = partsOf[step] ?? [];
  const seen = parts.map((part) => evidence[part]).join();
  const slow = useSlow(open && isSlowStep(step) ? `${step} ${seen}` : null);
  const advice = known();
  return (
    <>
      {!open && (
        <Button
          size="xs"
          leftSection={<NewWindowIcon size={16} aria-hidden />}
          loading={customer === "opening"}
          onClick={() => void run.openCustomer()}
        >
          {t("customer.open")}
        </Button>
      )}
      {parts.length > 0 && (
        <ul className={styles.parts}>
          {parts.map((part) => (
            <li key={part} data-seen={evidence[part]}>
              {evidence[part] ? <DoneIcon size={14} aria-label={t("done")} /> : <span aria-hidden>○</span>}
              <Text component="span" size="sm">
                {t(`part.${part}`)}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {advice.length > 0 && <Advice lines={advice} />}
    </>
  );

  /** What is known to be in the way; else, when it takes too long, what may be. */
  function known(): string[] {
    if (failure !== undefined) return [sentenceOf(failure)];
    if (customer === "blocked") return [t("blocked.chrome"), t("blocked.firefox"), t("blocked.then")];
    if (customer === "over") return [t("customer.over")];
    if (step === "popUp" && permission !== "granted") return [t("trouble.notAllowed")];
    if (paused && (step === "popUp" || step === "waitList")) return [t("trouble.paused")];
    if (step === "voice" && microphone !== undefined && microphone !== "granted" && microphone !== "prompt") {
      return [voice(`microphone.state.${microphone}`)];
    }
    return slow && isSlowStep(step) ? [t(`trouble.${step}`), t("trouble.connection")] : [];
  }
}

/** After so long without what was to happen, something is wrong. */
const PATIENCE = 15_000;

/** Tells when that which is waited for takes too long; `sign` changes with whatever happens. Null: nothing is waited for. */
function useSlow(sign: string | null): boolean {
  const [slow, setSlow] = useState<string | null>(null);
  useEffect(() => (sign === null ? undefined : after(PATIENCE, () => setSlow(sign))), [sign]);
  return sign !== null && slow === sign;
}
