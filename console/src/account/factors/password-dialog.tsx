import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { PasswordField } from "../../session/password-field.tsx";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useFactorSentence } from "./use-factor-sentence.ts";

interface PasswordDialogProps<T> {
  title: string;
  /** What the button says. */
  action: string;
  /** Something is lost by it. */
  grave?: boolean;
  /** Asks for a name too. */
  naming?: { label: string; hint: string; initial: string };
  act: (input: { current: string; name: string }) => Promise<T>;
  onDone: (result: T) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks for the current password before anything about signing in is changed. */
export function PasswordDialog<T>(props: PasswordDialogProps<T>) {
  const { t } = useTranslation();
  const sentenceOf = useFactorSentence();
  const [name, setName] = useState(props.naming?.initial ?? "");
  const acting = useMutation({ mutationFn: props.act, onSuccess: props.onDone });
  const wrong = fieldErrors(acting.error);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {props.children}
          <Text c="dimmed">{t("factors.askPassword")}</Text>
          {acting.isError && Object.keys(wrong).length === 0 && (
            <FailureAlert sentence={sentenceOf(acting.error)} />
          )}
          {props.naming !== undefined && (
            <TextInput
              label={props.naming.label}
              description={props.naming.hint}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={wrong.name}
              maxLength={120}
              required
              withAsterisk={false}
            />
          )}
          <PasswordField
            label={t("fields.currentPassword")}
            name="current"
            autoComplete="current-password"
            error={wrong.current}
            data-autofocus
            required
            withAsterisk={false}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={acting.isPending}
              {...(props.grave === true && { color: "red.9" })}
            >
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    acting.mutate({ current: String(new FormData(event.currentTarget).get("current")), name });
  }
}
