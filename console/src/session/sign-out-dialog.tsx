import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../layout/confirm-dialog.tsx";
import type { Losses } from "./sign-out-losses.ts";
import type { SigningOut } from "./use-sign-out.ts";

const kinds = ["unsent", "drafts", "chats"] as const satisfies (keyof Losses)[];

interface SignOutDialogProps {
  losses: Losses;
  signingOut: Pick<SigningOut, "pending" | "confirm" | "stay">;
}

/** Says what signing out now would leave behind, and asks. */
export function SignOutDialog({ losses, signingOut: { pending, confirm, stay } }: SignOutDialogProps) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t("signOut.title")}
      action={t("signOut.confirm")}
      pending={pending}
      onConfirm={confirm}
      onCancel={stay}
    >
      {kinds
        .filter((kind) => losses[kind] > 0)
        .map((kind) => (
          <Text key={kind}>{t(`signOut.${kind}`, { count: losses[kind] })}</Text>
        ))}
    </ConfirmDialog>
  );
}
