import type { FactorAdded, NewAuthenticator } from "@grata/contract/second-factor";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { CopyButton } from "../../ui/parts/copy-button.tsx";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { CodeField } from "./code-field.tsx";
import styles from "./factors.module.css";
import { PasswordDialog } from "./password-dialog.tsx";
import { QrCode } from "./qr-code.tsx";
import { beginAuthenticator, confirmAuthenticator } from "./requests.ts";
import { useFactorSentence } from "./use-factor-sentence.ts";

interface AuthenticatorDialogProps {
  onDone: (added: FactorAdded) => void;
  onClose: () => void;
}

/** Sets up an app: the password, the QR code, and a code to show that it works. */
export function AuthenticatorDialog({ onDone, onClose }: AuthenticatorDialogProps) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<NewAuthenticator | null>(null);
  if (begun !== null) return <Confirmation begun={begun} onDone={onDone} onClose={onClose} />;
  return (
    <PasswordDialog
      title={t("factors.app.setUp")}
      action={t("factors.continue")}
      act={({ current }) => beginAuthenticator(current)}
      onDone={setBegun}
      onClose={onClose}
    />
  );
}

function Confirmation({ begun, onDone, onClose }: AuthenticatorDialogProps & { begun: NewAuthenticator }) {
  const { t } = useTranslation();
  const sentenceOf = useFactorSentence();
  const confirming = useMutation({ mutationFn: confirmAuthenticator, onSuccess: onDone });
  const wrong = fieldErrors(confirming.error).code;
  return (
    <Dialog title={t("factors.app.setUp")} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text>{t("factors.app.scan")}</Text>
          <QrCode text={begun.address} label={t("factors.app.picture")} />
          <Text c="dimmed">{t("factors.app.type")}</Text>
          <code className={styles.key}>{begun.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
          <CopyButton text={begun.secret} />
          {confirming.isError && wrong === undefined && (
            <FailureAlert sentence={sentenceOf(confirming.error)} />
          )}
          <CodeField label={t("factors.app.code")} description={t("factors.app.codeHint")} error={wrong} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={confirming.isPending}>
              {t("factors.app.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    confirming.mutate(String(new FormData(event.currentTarget).get("code")));
  }
}
