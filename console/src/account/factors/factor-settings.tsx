import type { OwnFactors, Passkey } from "@grata/contract/second-factor";
import { Button, Loader, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { formatInstant } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import { type FactorDeed, FactorDialog } from "./factor-dialog.tsx";
import styles from "./factors.module.css";
import { PasskeyList } from "./passkey-list.tsx";
import { passkeysWork } from "./passkeys.ts";
import { RecoveryCodesDialog } from "./recovery-codes-dialog.tsx";
import { ownFactorsQuery } from "./requests.ts";

/** Everything about one's second step. `onReady` is called when there is one and its recovery codes were seen. */
export function FactorSettings({ onReady }: { onReady?: () => void }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const own = useQuery(ownFactorsQuery);
  const [deed, setDeed] = useState<FactorDeed | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (own.isPending) return <Loader aria-label={t("loading")} />;
  if (own.isError) {
    return <FailureAlert sentence={sentenceOf(own.error)} onRetry={() => void own.refetch()} />;
  }
  const { passkeys, recoveryCodesLeft } = own.data;
  const protectedNow = own.data.authenticatorSince !== null || passkeys.length > 0;
  return (
    <div className={styles.sections}>
      <Authenticator own={own.data} onDeed={setDeed} />
      <Passkeys passkeys={passkeys} onDeed={setDeed} />
      {protectedNow && (
        <section className={styles.section}>
          <Title order={2} size="h4">
            {t("factors.codes.title")}
          </Title>
          <Text c="dimmed">{t("factors.codes.hint")}</Text>
          <Text>{t("factors.codes.left", { left: recoveryCodesLeft })}</Text>
          <Button variant="default" w="fit-content" onClick={() => setDeed({ kind: "renewCodes" })}>
            {t("factors.codes.renew")}
          </Button>
        </section>
      )}
      {deed !== null && (
        <FactorDialog
          deed={deed}
          onDone={(made, added) => {
            setDeed(null);
            setCodes(made);
            void own.refetch();
            if (made === null && added) onReady?.();
          }}
          onClose={() => setDeed(null)}
        />
      )}
      {codes !== null && (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            onReady?.();
          }}
        />
      )}
    </div>
  );
}

type OnDeed = (deed: FactorDeed) => void;

function Authenticator({ own: { authenticatorSince }, onDeed }: { own: OwnFactors; onDeed: OnDeed }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const on = authenticatorSince !== null;
  return (
    <section className={styles.section}>
      <Title order={2} size="h4">
        {t("factors.app.title")}
      </Title>
      <Text c="dimmed">{t("factors.app.hint")}</Text>
      <Text>
        {on ? t("factors.on", { time: formatInstant(authenticatorSince, locale) }) : t("factors.off")}
      </Text>
      <Button
        variant={on ? "default" : "filled"}
        w="fit-content"
        onClick={() => onDeed({ kind: on ? "removeApp" : "addApp" })}
      >
        {on ? t("factors.app.remove") : t("factors.app.setUp")}
      </Button>
    </section>
  );
}

function Passkeys({ passkeys, onDeed }: { passkeys: readonly Passkey[]; onDeed: OnDeed }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <Title order={2} size="h4">
        {t("factors.keys.title")}
      </Title>
      <Text c="dimmed">{t("factors.keys.hint")}</Text>
      <PasskeyList passkeys={passkeys} onRemove={(passkey) => onDeed({ kind: "removeKey", passkey })} />
      {passkeysWork() ? (
        <Button variant="default" w="fit-content" onClick={() => onDeed({ kind: "addKey" })}>
          {t("factors.keys.add")}
        </Button>
      ) : (
        <Text>{t("factors.keys.unable")}</Text>
      )}
    </section>
  );
}
