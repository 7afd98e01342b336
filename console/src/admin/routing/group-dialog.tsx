import { nameLimit } from "@grata/contract/limits";
import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Group, Loader, MultiSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { fieldErrors } from "../../session/field-errors.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { saveGroup } from "./requests.ts";

interface GroupDialogProps {
  /** Null: a new one. */
  group: UserGroup | null;
  onClose: () => void;
}

/** Name and members of a group. */
export function GroupDialog({ group, onClose }: GroupDialogProps) {
  const { t } = useTranslation(["routing", "console"]);
  const sentenceOf = useSentence();
  const { line } = useLive();
  const colleagues = useQuery({
    queryKey: ["routing", "colleagues"],
    queryFn: async () => (await line.request("presence.list", {})).users,
    staleTime: 0,
  });
  const [name, setName] = useState(group?.name ?? "");
  const [userIds, setUserIds] = useState(group?.members.map(({ id }) => id) ?? []);
  const saving = useMutation({ mutationFn: () => saveGroup(group, { name, userIds }), onSuccess: onClose });
  const wrong = fieldErrors(saving.error);
  // A member who is invited, and no colleague yet, stays.
  const known = new Map(
    [...(group?.members ?? []), ...(colleagues.data ?? [])].map((user) => [user.id, user]),
  );
  const failed = colleagues.error ?? (Object.keys(wrong).length === 0 ? saving.error : null);
  return (
    <Dialog title={group === null ? t("groups.new") : plainLine(group.name)} onClose={onClose}>
      <form
        noValidate
        style={{ display: "grid", gap: "1rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextInput
          label={t("groups.name")}
          value={name}
          maxLength={nameLimit}
          error={wrong.name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {colleagues.isPending ? (
          <Loader size="sm" aria-label={t("console:loading")} />
        ) : (
          <MultiSelect
            label={t("groups.members")}
            description={t("groups.membersHint")}
            searchable
            data={[...known.values()].map((user) => ({ value: user.id, label: plainLine(user.name) }))}
            value={userIds}
            onChange={setUserIds}
            maxDropdownHeight={240}
          />
        )}
        {failed !== null && <FailureAlert sentence={sentenceOf(failed)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("console:cancel")}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t("groups.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
