import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { openDialog } from "../ui/parts/opened-dialog.ts";
import { PauseIcon, ResumeIcon, TeamIcon } from "../ui/theme/icons.ts";
import { useOwnPause } from "./use-own-pause.ts";

/** In the menu below the user's name: begins a pause, or ends it; and the team, where the bar has no room for it. */
export function PresenceItem() {
  const { t } = useTranslation();
  const { paused, toggle } = useOwnPause();
  // Not hidden by its look: the arrow keys would stop at what cannot be focused.
  const hasTeamButton = window.matchMedia("(min-width: 36em)").matches;
  const Sign = paused ? ResumeIcon : PauseIcon;
  return (
    <>
      <Menu.Item leftSection={<Sign size={16} aria-hidden />} onClick={toggle}>
        {t(paused ? "presence.resume" : "presence.pause")}
      </Menu.Item>
      {!hasTeamButton && (
        <Menu.Item leftSection={<TeamIcon size={16} aria-hidden />} onClick={() => openDialog("team")}>
          {t("presence.title")}
        </Menu.Item>
      )}
      <Menu.Divider />
    </>
  );
}
