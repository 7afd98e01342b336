import type { Language } from "@grata/contract/languages";
import { languages } from "@grata/contract/languages";
import { Button, FileButton, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { importQuickReplies, refreshQuickReplies, type Scope } from "../chat/quick-replies/requests.ts";
import { readListFile } from "../ui/files/read-list-file.ts";
import { Dialog } from "../ui/parts/dialog.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { languageNames } from "../ui/texts/language-names.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { type ImportReport, importLines } from "./import-lines.ts";
import { ImportReportView } from "./import-report.tsx";
import { type Problem, readTable, type TableLine } from "./read-table.ts";

/** Ten thousand lines of long texts. */
const FILE_LIMIT = 10 * 1_024 * 1_024;

type Chosen = { name: string; lines: readonly TableLine[]; unknownColumns: readonly string[] };
type Wrong = "empty" | "noHeading" | "tooLarge";

/** Takes quick replies over from a CSV file, and tells of every line that it cannot take. */
export function ImportDialog({ scope, onClose }: { scope: Scope; onClose: () => void }) {
  const { t } = useTranslation("quickReplies");
  const sentenceOf = useSentence();
  const [chosen, setChosen] = useState<Chosen | Wrong | null>(null);
  const [existing, setExisting] = useState<"keep" | "replace">("keep");
  const [report, setReport] = useState<ImportReport | null>(null);
  const file = chosen !== null && typeof chosen === "object" ? chosen : null;
  const importing = useMutation({
    mutationFn: (lines: readonly TableLine[]) =>
      importLines({
        lines,
        existing,
        send: (body) => importQuickReplies(scope, body),
        problemOf: ({ problem }) => problem && sentenceAbout(problem),
        sentenceOf,
        onReport: setReport,
      }),
    onSettled: refreshQuickReplies,
  });
  const words = new Map<string, "name" | "category" | Language>([
    [t("name").toLowerCase(), "name"],
    [t("category").toLowerCase(), "category"],
    ...languages.map((known) => [languageNames[known].toLowerCase(), known] as const),
  ]);

  async function choose(picked: File | null): Promise<void> {
    if (picked === null) {
      return;
    }
    setReport(null);
    if (picked.size > FILE_LIMIT) {
      setChosen("tooLarge");
      return;
    }
    const table = readTable(readListFile(await picked.arrayBuffer()), words);
    setChosen(table.kind === "lines" ? { name: picked.name, ...table } : table.kind);
  }

  function sentenceAbout(problem: Problem): string {
    switch (problem.kind) {
      case "cells":
      case "quote":
        return t(`importing.problems.${problem.kind}`);
      case "tooLong":
        return t("importing.problems.tooLong", { limit: problem.limit });
      case "twice":
        return t("importing.problems.twice", { line: problem.line });
    }
  }

  return (
    <Dialog title={t("importing.title")} size="lg" onClose={onClose}>
      <Text>{t("importing.lead")}</Text>
      <Group gap="sm">
        <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(picked) => void choose(picked)}>
          {(props) => (
            <Button {...props} variant="default" disabled={importing.isPending} data-autofocus>
              {t("importing.choose")}
            </Button>
          )}
        </FileButton>
        {file !== null && (
          <Text size="sm">
            {t("importing.chosen", { name: plainLine(file.name), count: file.lines.length })}
          </Text>
        )}
      </Group>
      {typeof chosen === "string" && <FailureAlert sentence={t(`importing.${chosen}`)} />}
      {file !== null && (
        <Stack>
          {file.unknownColumns.length > 0 && (
            <Text size="sm" c="dimmed">
              {t("importing.unknownColumns", { columns: file.unknownColumns.map(plainLine).join(", ") })}
            </Text>
          )}
          <NativeSelect
            label={t("importing.existing")}
            value={existing}
            disabled={importing.isPending}
            onChange={(event) => setExisting(event.currentTarget.value === "replace" ? "replace" : "keep")}
          >
            <option value="keep">{t("importing.keep")}</option>
            <option value="replace">{t("importing.replace")}</option>
          </NativeSelect>
        </Stack>
      )}
      {report !== null && (
        <ImportReportView
          report={report}
          progress={
            importing.isPending && file !== null
              ? t("importing.progress", { done: report.done, count: file.lines.length })
              : null
          }
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("importing.close")}
        </Button>
        {file !== null && (report === null || importing.isPending) && (
          <Button loading={importing.isPending} onClick={() => importing.mutate(file.lines)}>
            {t("importing.start", { count: file.lines.length })}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}
