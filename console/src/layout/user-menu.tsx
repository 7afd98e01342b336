import type { SignedInUser } from "@grata/contract/http";
import { languages } from "@grata/contract/languages";
import { Menu, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { SignOutDialog } from "../session/sign-out-dialog.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import { languageNames } from "../texts/language-names.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useSwitchLanguage } from "../texts/use-switch-language.ts";
import styles from "./user-menu.module.css";

/** The menu below the user's name: whose console this is, its language, and the way out. */
export function UserMenu({ session: { user, organisation } }: { session: SignedInUser }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const switchLanguage = useSwitchLanguage();
  const signingOut = useSignOut();
  return (
    <>
      <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton className={styles.target} aria-label={t("header.userMenu", { name: user.name })}>
            <IconUserCircle className={styles.face} size={24} aria-hidden />
            <bdi className={styles.name}>{user.name}</bdi>
            <IconChevronDown size={16} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={styles.whose}>
            <Text fw={600} truncate>
              <bdi>{user.name}</bdi>
            </Text>
            <Text size="sm" c="dimmed" truncate>
              {user.email}
            </Text>
            <Text size="sm" c="dimmed" truncate>
              <bdi>{organisation.name}</bdi>
            </Text>
          </div>
          <Menu.Divider />
          <Menu.Label>{t("language.label")}</Menu.Label>
          <Menu.RadioGroup value={language}>
            {languages.map((known) => (
              <Menu.RadioItem
                key={known}
                value={known}
                lang={known}
                closeMenuOnClick
                onChange={() => switchLanguage(known)}
              >
                {languageNames[known]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signingOut.ask}>
            {t("header.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SignOutDialog signingOut={signingOut} />
    </>
  );
}
