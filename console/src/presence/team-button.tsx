import { Popover, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TeamIcon } from "../ui/theme/icons.ts";
import styles from "./header-presence.module.css";
import { TeamList } from "./team-list.tsx";

/** Opens the list of who of the team is there. */
export function TeamButton({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={304}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={styles.team}
          aria-label={t("presence.title")}
          onClick={() => setOpened(!opened)}
        >
          <TeamIcon size={18} aria-hidden />
          <span className={styles.word}>{t("presence.title")}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.list} aria-label={t("presence.title")}>
        <TeamList userId={userId} />
      </Popover.Dropdown>
    </Popover>
  );
}
