import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PauseIcon, ResumeIcon } from "../theme/icons.ts";
import { useOwnPause } from "./use-own-pause.ts";

/** In the menu below the user's name: begins a pause, or ends it. */
export function PresenceItem() {
  const { t } = useTranslation();
  const { paused, toggle } = useOwnPause();
  const Sign = paused ? ResumeIcon : PauseIcon;
  return (
    <>
      <Menu.Item leftSection={<Sign size={16} aria-hidden />} onClick={toggle}>
        {t(paused ? "presence.resume" : "presence.pause")}
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}
