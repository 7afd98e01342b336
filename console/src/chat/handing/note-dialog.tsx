import { createClientId } from "@grata/client/client-id";
import { mentionsLimit } from "@grata/contract/entries";
import { messageLimit } from "@grata/contract/limits";
import { Button, Group, MultiSelect, Textarea } from "@mantine/core";
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
import "@mantine/core/styles/Pill.layer.css";
import "@mantine/core/styles/PillsInput.layer.css";

interface NoteDialogProps {
  conversationId: string;
  /** Shown name of the customer. */
  name: string;
  onClose: () => void;
}

/** A note for the team, and the colleagues who are told of it. It is kept in the browser until it is in the chat. */
export function NoteDialog({ conversationId, name, onClose }: NoteDialogProps) {
  const { t } = useTranslation(["handing", "console"]);
  const { line, drafts, userId } = useLive();
  const sentenceOf = useSentence();
  const draft = `note-${conversationId}`;
  const [text, setText] = useState(() => drafts.read(draft));
  const [mentions, setMentions] = useState<string[]>([]);
  // Of two tries one note comes.
  const [clientId] = useState(createClientId);
  const colleagues = useQuery({
    queryKey: ["colleagues"],
    queryFn: async () => (await line.request("presence.list", {})).users,
    staleTime: 0,
  });
  const adding = useMutation({
    mutationFn: () => line.request("note.add", { conversationId, clientId, text, mentions }),
    onSuccess() {
      drafts.write(draft, "");
      notify(t("note.done"));
      onClose();
    },
  });
  const others = colleagues.data?.filter(({ id }) => id !== userId) ?? [];
  return (
    <Dialog title={t("note.title", { name })} onClose={onClose}>
      <form
        noValidate
        style={{ display: "grid", gap: "1rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate();
        }}
      >
        <Textarea
          label={t("note.text")}
          description={t("note.hint")}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={messageLimit}
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            drafts.write(draft, event.currentTarget.value);
          }}
        />
        {others.length > 0 && (
          <MultiSelect
            label={t("note.mention")}
            description={t("note.mentionHint")}
            searchable
            maxValues={mentionsLimit}
            data={others.map((user) => ({ value: user.id, label: plainLine(user.name) }))}
            value={mentions}
            onChange={setMentions}
          />
        )}
        {adding.isError && <FailureAlert sentence={sentenceOf(adding.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("console:cancel")}
          </Button>
          <Button type="submit" disabled={text.trim() === ""} loading={adding.isPending}>
            {t("note.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
