import { createClientId } from "@grata/client/client-id";
import type { CustomerDetails, CustomerNote } from "@grata/contract/customers";
import { noteLimit } from "@grata/contract/limits";
import { holds } from "@grata/contract/permissions";
import { ActionIcon, Button, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { sessionQuery } from "../../session/session-query.ts";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { DeleteIcon } from "../../ui/theme/icons.ts";
import { formatInstant, formatMoment } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import type { Deeds } from "../requests.ts";
import styles from "./note-section.module.css";
import { Section } from "./section.tsx";
import { useWayBack } from "./use-way-back.ts";

/** What the team wrote down about the customer. What is being written is kept through a reload. */
export function NoteSection({ details, deeds }: { details: CustomerDetails; deeds: Deeds }) {
  const { t } = useTranslation();
  const { drafts } = useLive();
  const sentenceOf = useSentence();
  const key = `note:${details.id}`;
  const [text, setText] = useState(() => drafts.read(key));
  // The same until it is stored: trying again never writes it twice.
  const id = useRef(createClientId());
  const keep = (next: string) => {
    setText(next);
    drafts.write(key, next);
  };
  const adding = useMutation({
    mutationFn: deeds.note,
    onSuccess() {
      id.current = createClientId();
      keep("");
    },
  });
  const add = () => {
    if (text.trim() !== "" && !adding.isPending) adding.mutate({ id: id.current, text });
  };
  return (
    <Section title={t("panel.notes")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Textarea
          aria-label={t("panel.addNote")}
          placeholder={t("panel.notePlaceholder")}
          size="sm"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={noteLimit}
          dir="auto"
          value={text}
          error={adding.isError && sentenceOf(adding.error)}
          onChange={(event) => keep(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              add();
            }
          }}
        />
        {text.trim() !== "" && (
          <Button size="compact-sm" type="submit" loading={adding.isPending} className={styles.add}>
            {t("panel.addNote")}
          </Button>
        )}
      </form>
      {details.notes.length > 0 && (
        <ul className={styles.notes}>
          {details.notes.map((note) => (
            <Note key={note.id} note={note} deeds={deeds} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Note({ note, deeds }: { note: CustomerNote; deeds: Deeds }) {
  const { t } = useTranslation();
  const { now, userId } = useLive();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const { data: session } = useQuery(sessionQuery);
  const [asks, setAsks] = useState(false);
  const { leave, goBack } = useWayBack();
  const removing = useMutation({ mutationFn: () => deeds.unnote(note.id), onSuccess: () => setAsks(false) });
  const mine = note.author.userId === userId || holds(session?.user, "notes.removeAny");
  const author = plainLine(note.author.name);
  return (
    <li className={styles.note}>
      <div className={styles.text} dir="auto">
        {note.text}
      </div>
      <div className={styles.by}>
        <Text size="xs" c="dimmed" title={formatInstant(note.at, locale)}>
          <bdi>{author}</bdi> · {formatMoment(note.at, now(), locale)}
        </Text>
        {mine && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t("panel.deleteNote.action")}
            onClick={() => {
              leave();
              setAsks(true);
            }}
          >
            <DeleteIcon size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {asks && (
        <ConfirmDialog
          title={t("panel.deleteNote.title")}
          action={t("panel.deleteNote.action")}
          pending={removing.isPending}
          onConfirm={() => removing.mutate()}
          onCancel={() => {
            setAsks(false);
            goBack();
          }}
        >
          <Text lineClamp={4}>{note.text}</Text>
          {removing.isError && <Text c="red">{sentenceOf(removing.error)}</Text>}
        </ConfirmDialog>
      )}
    </li>
  );
}
