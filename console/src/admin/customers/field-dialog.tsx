import { type CustomField, type FieldKind, fieldKind } from "@grata/contract/customers";
import { nameLimit } from "@grata/contract/limits";
import { Button, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { changeField, createField } from "./requests.ts";

interface FieldDialogProps {
  /** Null: a new one. */
  field: CustomField | null;
  onClose: () => void;
}

/** Name and kind of a custom field, and what may be chosen in it. The kind of one that exists stays. */
export function FieldDialog({ field, onClose }: FieldDialogProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [name, setName] = useState(field?.name ?? "");
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? "text");
  const [lines, setLines] = useState(field?.choices.join("\n") ?? "");
  const saving = useMutation({
    async mutationFn() {
      const written = lines.split("\n").map((line) => line.trim());
      const choices = kind === "choice" ? written.filter((line) => line !== "") : [];
      if (field === null) await createField({ name, kind, choices });
      else await changeField(field.id, { name, choices });
    },
    onSuccess: onClose,
  });
  const wrong = fieldErrors(saving.error);
  return (
    <Dialog title={t(field === null ? "customFields.add" : "customFields.change")} onClose={onClose}>
      <form
        noValidate
        style={{ display: "grid", gap: "1rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextInput
          label={t("customFields.name")}
          value={name}
          maxLength={nameLimit}
          error={wrong.name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("customFields.kind")}
          description={t("customFields.kindHint")}
          value={kind}
          disabled={field !== null}
          onChange={(event) => setKind(fieldKind.parse(event.currentTarget.value))}
        >
          {fieldKind.options.map((option) => (
            <option key={option} value={option}>
              {t(`customFields.kinds.${option}`)}
            </option>
          ))}
        </NativeSelect>
        {kind === "choice" && (
          <Textarea
            label={t("customFields.choices")}
            description={t("customFields.choicesHint")}
            autosize
            minRows={3}
            maxRows={10}
            value={lines}
            error={wrong.choices}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
        )}
        {saving.isError && Object.keys(wrong).length === 0 && (
          <FailureAlert sentence={sentenceOf(saving.error)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t("panel.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
