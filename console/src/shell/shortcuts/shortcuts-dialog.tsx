import { Button, Group, Text, Title } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { singleKeys } from "../../ui/store/single-keys.ts";
import { useObservable } from "../../ui/store/use-observable.ts";
import { KeyNames } from "./key-names.tsx";
import { type Key, type ShortcutName, shortcuts } from "./list.ts";
import { isApple } from "./read-key.ts";
import styles from "./shortcuts-dialog.module.css";

/** The composer's own keys; it listens to them itself. */
const writing: readonly Line[] = [
  { name: "send", keys: ["enter"] },
  { name: "line", keys: ["shift+enter"] },
  { name: "leave", keys: ["escape"] },
];

const groups = ["everywhere", "chats", "chat", "writing"] as const;

interface Line {
  name: ShortcutName | "send" | "line" | "leave";
  keys: readonly Key[];
}

/** Every shortcut, with the keys as they are called on this system. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const single = useObservable(singleKeys);
  return (
    <Dialog title={t("shortcuts.title")} size="xl" onClose={onClose}>
      <Text c="dimmed">
        {single ? t(isApple ? "shortcuts.hintApple" : "shortcuts.hint") : t("shortcuts.off")}
      </Text>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} className={styles.group} aria-labelledby={`shortcuts-${group}`}>
            <Title order={3} size="h5" id={`shortcuts-${group}`}>
              {t(`shortcuts.groups.${group}`)}
            </Title>
            <dl className={styles.lines}>
              {linesOf(group).map(({ name, keys }) => (
                <div key={name} className={styles.line}>
                  <dt>{t(`shortcuts.does.${name}`)}</dt>
                  <dd className={styles.keys}>
                    {keys.map((key, index) => (
                      <Fragment key={key}>
                        {index > 0 && <span className={styles.or}>{t("shortcuts.or")}</span>}
                        <KeyNames keyName={key} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("shortcuts.dismiss")}
        </Button>
      </Group>
    </Dialog>
  );
}

function linesOf(group: (typeof groups)[number]): readonly Line[] {
  return group === "writing" ? writing : shortcuts.filter((shortcut) => shortcut.group === group);
}
