import { messageLimit } from "@grata/contract/limits";
import type { RequestInput, RequestOutput } from "@grata/contract/realtime";
import { Button, Group, Loader, Select, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { notify } from "../../ui/notices/notices.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import "@mantine/core/styles/Combobox.layer.css";

interface TransferDialogProps {
  conversationId: string;
  /** Shown name of the customer. */
  name: string;
  onClose: () => void;
}

type Targets = RequestOutput<"transfer.targets">;
type Destination = RequestInput<"conversation.transfer">["to"];

/** Chooses who gets the chat, with a note for them. Whoever is away can be chosen after a warning. */
export function TransferDialog({ conversationId, name, onClose }: TransferDialogProps) {
  const { t } = useTranslation(["handing", "console"]);
  const { line } = useLive();
  const sentenceOf = useSentence();
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const targets = useQuery({
    queryKey: ["transfer-targets", conversationId],
    queryFn: () => line.request("transfer.targets", { conversationId }),
    staleTime: 0,
    gcTime: 0,
  });
  const warning = targets.data && chosen !== null ? warningOf(targets.data, chosen) : null;
  const transferring = useMutation({
    mutationFn: (to: Destination) =>
      line.request("conversation.transfer", {
        conversationId,
        to,
        ...(note.trim() !== "" && { note }),
        ...(warning === "warnUser" && { anyway: true }),
      }),
    onSuccess() {
      notify(t("transfer.done", { name }));
      onClose();
    },
  });
  const failed = targets.error ?? transferring.error;
  return (
    <Dialog title={t("transfer.title", { name })} onClose={onClose}>
      <form
        noValidate
        style={{ display: "grid", gap: "1rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== null) transferring.mutate(destinationOf(chosen));
        }}
      >
        {targets.isPending && <Loader size="sm" aria-label={t("console:loading")} />}
        {targets.data && (
          <Select
            label={t("transfer.to")}
            placeholder={t("transfer.choose")}
            searchable
            data-autofocus
            data={choices(targets.data)}
            value={chosen}
            onChange={(value) => setChosen(value === null ? null : String(value))}
          />
        )}
        {warning !== null && (
          <Text size="sm" c="orange.9" role="status">
            {t(`transfer.${warning}`)}
          </Text>
        )}
        <Textarea
          label={t("transfer.note")}
          description={t("transfer.noteHint")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={messageLimit}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {failed !== null && <FailureAlert sentence={sentenceOf(failed)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("console:cancel")}
          </Button>
          <Button type="submit" disabled={chosen === null} loading={transferring.isPending}>
            {t(warning === null ? "transfer.send" : "transfer.anyway")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );

  /** Everybody, the groups, then the colleagues; whoever cannot get it is shown with the reason. */
  function choices({ users, groups }: Targets) {
    const teams = groups.map(({ id, name: group, present }) => ({
      value: `group ${id}`,
      label: t("transfer.group", { name: plainLine(group), count: present }),
    }));
    const colleagues = users.map((user) => ({
      value: `user ${user.id}`,
      disabled: !user.sees,
      label: user.sees
        ? t("transfer.user", {
            name: plainLine(user.name),
            presence: t(`transfer.${user.presence}`),
            count: user.chats,
          })
        : t("transfer.outside", { name: plainLine(user.name) }),
    }));
    return [
      { value: "everybody", label: t("transfer.everybody") },
      ...(teams.length > 0 ? [{ group: t("transfer.teams"), items: teams }] : []),
      ...(colleagues.length > 0 ? [{ group: t("transfer.colleagues"), items: colleagues }] : []),
    ];
  }
}

/** Why the customer may wait longer there; null: somebody is there. */
function warningOf({ users, groups }: Targets, chosen: string): "warnUser" | "warnGroup" | null {
  const to = destinationOf(chosen);
  switch (to.kind) {
    case "everybody":
      return null;
    case "group":
      return groups.find(({ id }) => id === to.groupId)?.present === 0 ? "warnGroup" : null;
    case "user":
      return users.find(({ id }) => id === to.userId)?.presence === "online" ? null : "warnUser";
  }
}

function destinationOf(chosen: string): Destination {
  const [kind, id = ""] = chosen.split(" ");
  if (kind === "group") return { kind, groupId: id };
  if (kind === "user") return { kind, userId: id };
  return { kind: "everybody" };
}
