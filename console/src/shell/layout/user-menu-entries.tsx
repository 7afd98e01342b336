import type { SignedInUser } from "@grata/contract/http";
import { languages } from "@grata/contract/languages";
import { holds } from "@grata/contract/permissions";
import { Menu, Text, useMantineColorScheme } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { PresenceItem } from "../../presence/presence-item.tsx";
import { useOwnLanguage } from "../../session/use-own-language.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import {
  AdminIcon,
  AuditIcon,
  FactorIcon,
  HelpIcon,
  PasswordIcon,
  QuickReplyIcon,
  SessionsIcon,
  SettingsIcon,
  SignOutIcon,
} from "../../ui/theme/icons.ts";
import { sectionOf } from "../help/section-of.ts";
import { ShortcutItems } from "../shortcuts/shortcut-items.tsx";
import styles from "./user-menu.module.css";

const own = [
  { to: "/console/settings", label: "settings.title", icon: SettingsIcon },
  { to: "/console/quick-replies", label: "quickReplies.own", icon: QuickReplyIcon },
  { to: "/console/password", label: "changePassword.title", icon: PasswordIcon },
  { to: "/console/second-factor", label: "factors.title", icon: FactorIcon },
  { to: "/console/sessions", label: "sessions.title", icon: SessionsIcon },
] as const;

const schemes = ["auto", "light", "dark"] as const;

interface UserMenuEntriesProps {
  session: SignedInUser;
  /** Asks whether to sign out. */
  onSignOut: () => void;
}

/** All that is in the menu. It comes in one piece, so that nothing in it moves under the pointer. */
export function UserMenuEntries({ session: { user, organisation }, onSignOut }: UserMenuEntriesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const switchLanguage = useOwnLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { pathname } = useLocation();
  const name = plainLine(user.name);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The menu was opened before this came: it had nothing yet to give the focus to.
    const menu = top.current?.closest("[role=menu]");
    const focused = document.activeElement;
    if (menu && (focused === menu || !menu.contains(focused)))
      menu.querySelector<HTMLElement>("[role=menuitem]")?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <div ref={top} className={styles.whose}>
        <Text fw={600} truncate>
          <bdi>{name}</bdi>
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {user.email}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          <bdi>{plainLine(organisation.name)}</bdi>
        </Text>
      </div>
      <Menu.Divider />
      <PresenceItem />
      {holds(user, "team.manage") && (
        <>
          <Menu.Item component={Link} to="/console/admin" leftSection={<AdminIcon size={16} aria-hidden />}>
            {t("admin.title")}
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item component={Link} to="/console/history" leftSection={<AuditIcon size={16} aria-hidden />}>
        {t("history.title")}
      </Menu.Item>
      {own.map(({ to, label, icon: OwnIcon }) => (
        <Menu.Item key={to} component={Link} to={to} leftSection={<OwnIcon size={16} aria-hidden />}>
          {t(label)}
        </Menu.Item>
      ))}
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
      <Menu.Label>{t("scheme.label")}</Menu.Label>
      <Menu.RadioGroup value={colorScheme}>
        {schemes.map((scheme) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            closeMenuOnClick
            onChange={() => setColorScheme(scheme)}
          >
            {t(`scheme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Item
        component={Link}
        to="/console/help"
        hash={sectionOf(pathname) ?? ""}
        leftSection={<HelpIcon size={16} aria-hidden />}
      >
        {t("help.title")}
      </Menu.Item>
      <ShortcutItems />
      <Menu.Item leftSection={<SignOutIcon size={16} aria-hidden />} onClick={onSignOut}>
        {t("header.signOut")}
      </Menu.Item>
    </>
  );
}
