import { Checkbox, Group, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/Checkbox.layer.css";
import { useObservable } from "../live/use-observable.ts";
import { openDialog } from "./opened.ts";
import styles from "./shortcut-settings.module.css";
import { setSingleKeys, singleKeys } from "./single-keys.ts";

/** In My Settings: whether a single key may do something in this browser (WCAG 2.1.4). */
export function ShortcutSettings() {
  const { t } = useTranslation();
  const single = useObservable(singleKeys);
  return (
    <div>
      <Checkbox
        label={t("shortcuts.setting")}
        description={t("shortcuts.settingHint")}
        checked={single}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
      <Group mt="xs">
        <UnstyledButton className={styles.show} onClick={() => openDialog("help")}>
          {t("shortcuts.show")}
        </UnstyledButton>
      </Group>
    </div>
  );
}
