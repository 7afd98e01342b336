import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { notify } from "../../ui/notices/notices.ts";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import type { Losses } from "./sign-out-losses.ts";
import type { SigningOut } from "./use-sign-out.ts";

const kinds = ["unsent", "drafts", "chats"] as const satisfies (keyof Losses)[];

interface SignOutDialogProps {
  losses: Losses;
  signingOut: Pick<SigningOut, "pending" | "confirm" | "stay">;
}

/** Says what signing out now would leave behind, and asks. */
export function SignOutDialog({ losses, signingOut }: SignOutDialogProps) {
  const { t } = useTranslation();
  const sentences = kinds
    .filter((kind) => losses[kind] > 0)
    .map((kind) => <Text key={kind}>{t(`signOut.${kind}`, { count: losses[kind] })}</Text>);
  if (losses.chats > 0) return <ChatsDialog signingOut={signingOut}>{sentences}</ChatsDialog>;
  return (
    <ConfirmDialog
      title={t("signOut.title")}
      action={t("signOut.confirm")}
      pending={signingOut.pending}
      onConfirm={signingOut.confirm}
      onCancel={signingOut.stay}
    >
      {sentences}
    </ConfirmDialog>
  );
}

interface ChatsDialogProps {
  signingOut: SignOutDialogProps["signingOut"];
  children: React.ReactNode;
}

/** The same with chats, whose customers somebody else may take. */
function ChatsDialog({ signingOut: { pending, confirm, stay }, children }: ChatsDialogProps) {
  const { t } = useTranslation();
  const { line } = useLive();
  const sentenceOf = useSentence();
  const handingBack = useMutation({
    mutationFn: () => line.request("conversation.releaseAll", {}),
    onSuccess: confirm,
    onError: (error) => notify(sentenceOf(error)),
  });
  const busy = pending || handingBack.isPending;
  return (
    <Dialog title={t("signOut.title")} size="lg" onClose={stay}>
      {children}
      <Text c="dimmed">{t("signOut.handBackHint")}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={stay} data-autofocus>
          {t("signOut.stay")}
        </Button>
        <Button variant="default" disabled={busy} onClick={confirm}>
          {t("signOut.keep")}
        </Button>
        <Button loading={busy} onClick={() => handingBack.mutate()}>
          {t("signOut.handBack")}
        </Button>
      </Group>
    </Dialog>
  );
}
