import { Checkbox, Group, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/Checkbox.layer.css";
import { openDialog } from "../ui/parts/opened-dialog.ts";
import { setSingleKeys, singleKeys } from "../ui/store/single-keys.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import styles from "./shortcut-settings.module.css";

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
