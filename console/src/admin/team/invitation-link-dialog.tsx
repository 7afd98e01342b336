import type { TeamUser } from "@grata/contract/team";
import { Button, Group, Loader, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { CopyButton } from "../../ui/parts/copy-button.tsx";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { formatMoment } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import { makeInvitationLink } from "./requests.ts";

/** A fresh link to an invitation, for an admin to hand over where no mail goes. It is shown this once. */
export function InvitationLinkDialog({ user, onClose }: { user: TeamUser; onClose: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { now } = useLive();
  const sentenceOf = useSentence();
  const opening = useId();
  const made = useQuery({
    queryKey: ["team", "link", user.id, opening],
    queryFn: () => makeInvitationLink(user.id),
    gcTime: 0,
  });
  return (
    <Dialog title={t("team.link.title")} onClose={onClose}>
      {made.isPending && <Loader aria-label={t("loading")} />}
      {made.isError && <FailureAlert sentence={sentenceOf(made.error)} onRetry={() => void made.refetch()} />}
      {made.isSuccess && (
        <>
          <Text>
            {t("team.link.hint", {
              name: plainLine(user.name),
              time: formatMoment(made.data.expiresAt, now(), locale),
            })}
          </Text>
          <TextInput
            label={t("team.link.title")}
            value={made.data.link}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("team.form.close")}
        </Button>
        {made.isSuccess && <CopyButton text={made.data.link} main />}
      </Group>
    </Dialog>
  );
}
