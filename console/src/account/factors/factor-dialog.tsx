import type { Passkey } from "@grata/contract/second-factor";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { describeBrowser } from "../../ui/describe-browser.ts";
import { notify } from "../../ui/notices/notices.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { AuthenticatorDialog } from "./authenticator-dialog.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import { addPasskey, removeAuthenticator, removePasskey, renewRecoveryCodes } from "./requests.ts";

/** What the user is about to change. */
export type FactorDeed =
  | { kind: "addApp" | "removeApp" | "addKey" | "renewCodes" }
  | { kind: "removeKey"; passkey: Passkey };

interface FactorDialogProps {
  deed: FactorDeed;
  /** With the recovery codes that were made, if any, and whether there is one factor more. */
  onDone: (recoveryCodes: readonly string[] | null, added: boolean) => void;
  onClose: () => void;
}

/** Asks for the password, and does it. */
export function FactorDialog({ deed, onDone, onClose }: FactorDialogProps) {
  const { t } = useTranslation();
  const removed = (sentence: string) => () => {
    notify(sentence);
    onDone(null, false);
  };
  switch (deed.kind) {
    case "addApp":
      return (
        <AuthenticatorDialog onDone={({ recoveryCodes }) => onDone(recoveryCodes, true)} onClose={onClose} />
      );
    case "removeApp":
      return (
        <PasswordDialog
          title={t("factors.app.removeTitle")}
          action={t("factors.app.remove")}
          grave
          act={({ current }) => removeAuthenticator(current)}
          onDone={removed(t("factors.app.removed"))}
          onClose={onClose}
        />
      );
    case "addKey":
      return (
        <PasswordDialog
          title={t("factors.keys.add")}
          action={t("factors.continue")}
          naming={{
            label: t("factors.keys.name"),
            hint: t("factors.keys.nameHint"),
            initial: describeBrowser(navigator.userAgent).system ?? "",
          }}
          act={({ name, current }) => addPasskey(name, current)}
          onDone={({ recoveryCodes }) => {
            notify(t("factors.keys.added"));
            onDone(recoveryCodes, true);
          }}
          onClose={onClose}
        />
      );
    case "removeKey": {
      const name = plainLine(deed.passkey.name);
      return (
        <PasswordDialog
          title={t("factors.keys.removeTitle", { name })}
          action={t("factors.keys.remove")}
          grave
          act={({ current }) => removePasskey(deed.passkey.id, current)}
          onDone={removed(t("factors.keys.removed"))}
          onClose={onClose}
        />
      );
    }
    case "renewCodes":
      return (
        <PasswordDialog
          title={t("factors.codes.renewTitle")}
          action={t("factors.codes.renew")}
          act={({ current }) => renewRecoveryCodes(current)}
          onDone={(codes) => onDone(codes, false)}
          onClose={onClose}
        >
          <Text>{t("factors.codes.renewHint")}</Text>
        </PasswordDialog>
      );
  }
}
