import type { AgentIdentity } from "@grata/contract/agent-identities";
import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { deleteIdentity } from "./requests.ts";
import { useUsersOf } from "./use-users-of.ts";

/** Asks before an identity goes, and says who uses it. */
export function DeleteDialog({ identity, onClose }: { identity: AgentIdentity; onClose: () => void }) {
  const { t } = useTranslation("identities");
  const sentenceOf = useSentence();
  const usersOf = useUsersOf();
  const deleting = useMutation({ mutationFn: () => deleteIdentity(identity.id), onSuccess: onClose });
  return (
    <ConfirmDialog
      title={t("delete.title", { name: plainLine(identity.names[0]?.name ?? "") })}
      action={t("delete.action")}
      pending={deleting.isPending}
      onConfirm={() => deleting.mutate()}
      onCancel={onClose}
    >
      {deleting.isError && <FailureAlert sentence={sentenceOf(deleting.error)} />}
      <Text>
        {identity.userCount === 0 ? t("delete.unused") : t("delete.used", { users: usersOf(identity) })}
      </Text>
      <Text>{t("delete.hint")}</Text>
    </ConfirmDialog>
  );
}
