import type { TeamUser } from "@grata/contract/team";
import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { leavePlace } from "../../ui/parts/focus-return.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { InvitationLinkDialog } from "./invitation-link-dialog.tsx";
import { cancelInvitation, doToUser, type UserDeed } from "./requests.ts";
import type { UserAction } from "./user-actions.ts";

interface UserActionDialogProps {
  user: TeamUser;
  action: UserAction;
  onClose: () => void;
}

const deeds = {
  resend: "invitation",
  unlock: "unlock",
  end: "end-sessions",
  disable: "disable",
  enable: "enable",
  reset: "reset-second-factor",
} as const satisfies Partial<Record<UserAction, UserDeed>>;

/** Says what will happen, does it when the admin says so, and says that it is done. */
export function UserActionDialog({ user, action, onClose }: UserActionDialogProps) {
  return action === "link" ? (
    <InvitationLinkDialog user={user} onClose={onClose} />
  ) : (
    <Confirmation user={user} action={action} onClose={onClose} />
  );
}

function Confirmation({
  user,
  action,
  onClose,
}: UserActionDialogProps & { action: Exclude<UserAction, "link"> }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const whom = { name: plainLine(user.name), email: user.email };
  const doing = useMutation({
    mutationFn: async () => {
      if (action === "cancel") await cancelInvitation(user.id);
      else await doToUser(user.id, deeds[action]);
    },
    onSuccess() {
      notify(t(`team.${action}.done`, whom));
      // The line leaves the list, and its wrench with it.
      if (action === "cancel") leavePlace();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t(`team.${action}.title`, whom)}
      action={t(`team.${action}.action`)}
      {...(action === "cancel" && { keep: t("team.cancel.keep") })}
      harmless={action === "resend" || action === "unlock" || action === "enable"}
      pending={doing.isPending}
      onConfirm={() => doing.mutate()}
      onCancel={onClose}
    >
      <Text>{t(`team.${action}.hint`, whom)}</Text>
      {doing.isError && <FailureAlert sentence={sentenceOf(doing.error)} />}
    </ConfirmDialog>
  );
}
