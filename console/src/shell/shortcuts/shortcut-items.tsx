import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { openTest } from "../../console-test/dock.ts";
import { openDialog } from "../../ui/parts/opened-dialog.ts";
import { KeyboardIcon, SearchIcon, TestIcon } from "../../ui/theme/icons.ts";
import { KeyNames } from "./key-names.tsx";

/**
 * In the menu below the user's name, for whoever is new here: the test of the console, the command bar, and the
 * shortcuts.
 */
export function ShortcutItems() {
  const { t } = useTranslation();
  return (
    <>
      <Menu.Item leftSection={<TestIcon size={16} aria-hidden />} onClick={openTest}>
        {t("consoleTest.title")}
      </Menu.Item>
      <Menu.Item
        leftSection={<SearchIcon size={16} aria-hidden />}
        rightSection={<KeyNames keyName="mod+k" />}
        onClick={() => openDialog("commands")}
      >
        {t("commands.title")}
      </Menu.Item>
      <Menu.Item
        leftSection={<KeyboardIcon size={16} aria-hidden />}
        rightSection={<KeyNames keyName="?" />}
        onClick={() => openDialog("help")}
      >
        {t("shortcuts.title")}
      </Menu.Item>
    </>
  );
}
