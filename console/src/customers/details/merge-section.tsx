import type { CustomerDetails, MergedCustomer } from "@grata/contract/customers";
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { latePart } from "../../ui/late/late-part.tsx";
import { givenName } from "../../ui/names/customer-name.ts";
import { notify } from "../../ui/notices/notices.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { formatMoment } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import type { Deeds } from "../requests.ts";
import styles from "./merge-section.module.css";
import { Section } from "./section.tsx";
import { useWayBack } from "./use-way-back.ts";

const MergeDialog = latePart(async () => (await import("./merge-dialog.tsx")).MergeDialog, {
  place: "dialog",
  ahead: true,
  close: ({ onClose }) => onClose(),
});

/** Who else this customer was found to be, and the way back. */
export function MergeSection({ details, deeds }: { details: CustomerDetails; deeds: Deeds }) {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  const { leave, goBack } = useWayBack();
  return (
    <Section title={t("panel.merge.section")}>
      {details.merged.map((member) => (
        <Member key={member.mergeId} member={member} deeds={deeds} />
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          leave();
          setMerging(true);
        }}
      >
        {t("panel.merge.open")}
      </Button>
      {merging && (
        <Suspense>
          <MergeDialog
            details={details}
            deeds={deeds}
            onClose={() => {
              setMerging(false);
              goBack();
            }}
          />
        </Suspense>
      )}
    </Section>
  );
}

function Member({ member, deeds }: { member: MergedCustomer; deeds: Deeds }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const undoing = useMutation({
    mutationFn: () => deeds.undoMerge(member.mergeId),
    onSuccess: () => notify(t("panel.merge.undone")),
  });
  const { reference } = member;
  const name = givenName(member) ?? t("customer.visitor", { reference });
  return (
    <div className={styles.member}>
      <div className={styles.who}>
        <bdi>{name}</bdi>
        <Text size="xs" c="dimmed" className={styles.more}>
          {member.email !== null && (
            <>
              <bdi>{plainLine(member.email)}</bdi>
              <br />
            </>
          )}
          {t("panel.merge.by", { name: plainLine(member.by), time: formatMoment(member.at, now(), locale) })}
        </Text>
        {undoing.isError && (
          <Text size="xs" c="red" role="alert">
            {sentenceOf(undoing.error)}
          </Text>
        )}
      </div>
      {member.undoable && (
        <Button
          variant="default"
          size="compact-sm"
          loading={undoing.isPending}
          aria-label={t("panel.merge.undoOf", { name })}
          onClick={() => undoing.mutate()}
        >
          {t("panel.merge.undo")}
        </Button>
      )}
    </div>
  );
}
