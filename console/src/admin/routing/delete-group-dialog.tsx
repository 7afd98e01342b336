import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { deleteGroup } from "./requests.ts";

/** Says what becomes of a group's chats and rules, and deletes it. */
export function DeleteGroupDialog({ group, onClose }: { group: UserGroup; onClose: () => void }) {
  const { t } = useTranslation(["routing", "console"]);
  const sentenceOf = useSentence();
  const name = plainLine(group.name);
  const deleting = useMutation({
    mutationFn: () => deleteGroup(group.id),
    onSuccess: (count) => {
      notify(t("groups.deleted", { name, count }));
      onClose();
    },
  });
  return (
    <Dialog title={t("groups.deleteTitle", { name })} onClose={onClose}>
      <Text>{t("groups.deleteHint", { count: group.waiting })}</Text>
      {deleting.isError && <FailureAlert sentence={sentenceOf(deleting.error)} />}
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t("console:cancel")}
        </Button>
        <Button color="red.9" loading={deleting.isPending} onClick={() => deleting.mutate()}>
          {t("groups.delete")}
        </Button>
      </Group>
    </Dialog>
  );
}
