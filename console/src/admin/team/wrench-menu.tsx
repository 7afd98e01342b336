import type { TeamUser } from "@grata/contract/team";
import { ActionIcon, Menu } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { latePart } from "../../ui/late/late-part.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { WrenchIcon } from "../../ui/theme/icons.ts";
import { actionsFor, type UserAction } from "./user-actions.ts";

const UserActionDialog = latePart(async () => (await import("./user-action-dialog.tsx")).UserActionDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

/** What can be done to a user now. Each asks before it does anything. */
export function WrenchMenu({ user, me }: { user: TeamUser; me: string }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<UserAction | null>(null);
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("team.actionsOf", { name: plainLine(user.name) })}
          >
            <WrenchIcon size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actionsFor(user, me).map((action) => (
            <Menu.Item key={action} onClick={() => setChosen(action)}>
              {t(`team.${action}.action`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {chosen !== null && (
        <Suspense>
          <UserActionDialog user={user} action={chosen} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </>
  );
}
