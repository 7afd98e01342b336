import type { OwnEntrance } from "@grata/contract/own-entrance";
import { Alert, Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { VerifiedIcon, WaitingIcon } from "../../ui/theme/icons.ts";
import { CopyLine } from "./copy-line.tsx";
import styles from "./own-entrance.module.css";
import { checkHost } from "./own-entrance-requests.ts";

interface HostStateProps {
  host: NonNullable<OwnEntrance["host"]>;
  entrances: readonly string[];
}

/** Whether the host name is proven, and until then what to do for it. */
export function HostState({ host: { name, verified, record }, entrances }: HostStateProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const checking = useMutation({ mutationFn: checkHost });
  const entrance = entrances[0] ?? "";
  return (
    <>
      <Alert
        role="status"
        variant="light"
        color={verified ? "green" : "ink"}
        icon={verified ? <VerifiedIcon aria-hidden /> : <WaitingIcon aria-hidden />}
      >
        {verified ? t("ownEntrance.verified") : t("ownEntrance.notVerified")}
      </Alert>
      {verified ? (
        <CopyLine text={addressOf(name, entrance)} />
      ) : (
        <>
          <ol className={styles.steps}>
            <li>
              <Text>{t("ownEntrance.stepProve")}</Text>
              <CopyLine label={t("ownEntrance.recordName")} text={record.name} />
              <CopyLine label={t("ownEntrance.recordValue")} text={record.value} />
            </li>
            <li>
              <Text>{t("ownEntrance.stepPoint", { name, entrance: hostOf(entrance) })}</Text>
            </li>
            <li>
              <Text>{t("ownEntrance.stepCheck")}</Text>
            </li>
          </ol>
          {checking.isError && <FailureAlert sentence={sentenceOf(checking.error)} />}
          <Button w="fit-content" loading={checking.isPending} onClick={() => checking.mutate()}>
            {t("ownEntrance.check")}
          </Button>
        </>
      )}
    </>
  );
}

/** An own host name is reached as the entrance is: by its scheme, at its port. */
function addressOf(name: string, entrance: string): string {
  if (!URL.canParse(entrance)) {
    return `https://${name}`;
  }
  const address = new URL(entrance);
  address.hostname = name;
  return address.origin;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : address;
}
