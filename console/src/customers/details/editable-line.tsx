import { RequestFailed } from "@grata/client/failures";
import { ActionIcon, Alert, Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { EditIcon } from "../../ui/theme/icons.ts";
import styles from "./editable-line.module.css";

type LineChange = { was: string | null; value: string | null };

interface EditableLineProps {
  label: string;
  /** The label is clear from where it stands; screen readers hear it all the same. */
  hiddenLabel?: boolean;
  value: string | null;
  /** How the value is shown; left out: as it is. */
  shown?: ReactNode;
  /** What the field begins with where there is no value. */
  suggestion?: string;
  type?: "text" | "email" | "tel" | "date";
  inputMode?: "decimal";
  /** What may be chosen, where not everything may be typed. */
  choices?: readonly string[];
  maxLength?: number;
  onSave: (change: LineChange) => Promise<unknown>;
}

/** A line of the panel that becomes a field. What a colleague writes there meanwhile is told, not overwritten. */
export function EditableLine(props: EditableLineProps) {
  const { t } = useTranslation();
  const { label, value } = props;
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const returns = useRef(false);
  useEffect(() => {
    if (!editing && returns.current) {
      returns.current = false;
      pencil.current?.focus();
    }
  }, [editing]);
  if (editing) {
    return (
      <LineForm
        {...props}
        onDone={(form) => {
          // Who has gone on to something else meanwhile stays there.
          returns.current = form?.contains(document.activeElement) ?? true;
          setEditing(false);
        }}
      />
    );
  }
  return (
    <div className={styles.line}>
      <div className={styles.text}>
        {!props.hiddenLabel && <span className={styles.label}>{label}</span>}
        {props.shown ?? (
          <span className={value === null ? styles.none : styles.value}>
            <bdi>{value === null ? t("panel.none") : plainLine(value)}</bdi>
          </span>
        )}
      </div>
      <ActionIcon
        ref={pencil}
        className={styles.pencil}
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t("panel.change", { field: plainLine(label) })}
        onClick={() => setEditing(true)}
      >
        <EditIcon size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function LineForm({
  label,
  value,
  suggestion = "",
  type = "text",
  inputMode,
  choices,
  maxLength,
  onSave,
  onDone,
}: EditableLineProps & { onDone: (form: HTMLFormElement | null) => void }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const done = () => onDone(form.current);
  const [typed, setTyped] = useState(value ?? suggestion);
  // What stood there when the agent began, or when they were last told of a change.
  const [was, setWas] = useState(value);
  const overtaken = value !== was;
  const saving = useMutation({ mutationFn: onSave, onSuccess: done });
  const told = saving.error instanceof RequestFailed && saving.error.failure.code === "customer_changed";
  const shared = {
    id,
    label,
    value: typed,
    error: saving.isError && !told && sentenceOf(saving.error),
    "data-autofocus": true,
    autoFocus: true,
  };

  function save(over: string | null): void {
    const next = typed.trim() === "" ? null : typed.trim();
    // What only the channel says needs no word of the team.
    const unchanged = next === over || (over === null && next === suggestion);
    if (unchanged) done();
    else saving.mutate({ was: over, value: next });
  }

  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!overtaken) save(was);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        done();
      }}
    >
      {choices === undefined ? (
        <TextInput
          {...shared}
          type={type}
          {...(inputMode && { inputMode })}
          {...(maxLength !== undefined && { maxLength })}
          autoComplete="off"
          dir="auto"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect {...shared} onChange={(event) => setTyped(event.currentTarget.value)}>
          <option value="">{t("panel.none")}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </NativeSelect>
      )}
      {(overtaken || told) && (
        <Alert role="alert" variant="light" color="yellow" p="xs">
          {t("panel.overtaken", { value: value === null ? t("panel.none") : plainLine(value) })}
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" variant="default" onClick={done}>
              {t("panel.keepTheirs")}
            </Button>
            <Button
              size="compact-sm"
              loading={saving.isPending}
              onClick={() => {
                setWas(value);
                save(value);
              }}
            >
              {t("panel.saveMine")}
            </Button>
          </Group>
        </Alert>
      )}
      {!overtaken && !told && (
        <Group gap="xs">
          <Button size="compact-sm" type="submit" loading={saving.isPending}>
            {t("panel.save")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={done}>
            {t("cancel")}
          </Button>
        </Group>
      )}
    </form>
  );
}
