import { Button, FileButton, Group, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readListFile } from "../../ui/files/read-list-file.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { inviteLines, type LineReport } from "./invite-lines.ts";
import { LineReports } from "./line-reports.tsx";
import { useDefaultLanguage } from "./own-session.ts";
import { parsePeople } from "./parse-people.ts";
import { inviteMany } from "./requests.ts";
import { RoleAndLanguage } from "./role-and-language.tsx";
import { useListWords } from "./use-list-words.ts";

/** A list of people to invite. Lines that were not taken stay in the field, to be corrected and sent again. */
export function AddManyForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const words = useListWords();
  const [text, setText] = useState("");
  const [reports, setReports] = useState<readonly LineReport[]>([]);
  const people = parsePeople(text, words);
  const form = useForm({ initialValues: { role: "agent" as const, language: useDefaultLanguage() } });
  const inviting = useMutation({
    mutationFn: async () => {
      const all: LineReport[] = [];
      setReports([]);
      await inviteLines({
        people,
        defaults: form.values,
        send: inviteMany,
        sentenceOf,
        unknownWord: (word) => t("team.form.unknownWord", { word: plainLine(word) }),
        onReports(batch) {
          all.push(...batch);
          all.sort((one, other) => one.person.line - other.person.line);
          setReports([...all]);
        },
      });
      const lines = text.split(/\r\n|\r|\n/);
      const left = all.filter(({ refused }) => refused !== null);
      setText(left.map(({ person }) => lines[person.line - 1]).join("\n"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        inviting.mutate();
      }}
    >
      <Stack>
        <Textarea
          label={t("team.form.list")}
          description={t("team.form.listHint")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rows={8}
          spellCheck={false}
          dir="auto"
          readOnly={inviting.isPending}
        />
        <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} variant="default" w="fit-content">
              {t("team.form.file")}
            </Button>
          )}
        </FileButton>
        <RoleAndLanguage
          role={form.getInputProps("role")}
          language={form.getInputProps("language")}
          chosen={form.values.role}
        />
        <LineReports reports={reports} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t("team.form.close")}
          </Button>
          <Button type="submit" loading={inviting.isPending} disabled={people.length === 0}>
            {t("team.form.sendMany", { count: people.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  );

  async function read(file: File | null): Promise<void> {
    if (file !== null) setText(readListFile(await file.arrayBuffer()));
  }
}
