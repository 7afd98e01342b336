import type { SignedInUser } from "@grata/contract/http";
import { languages } from "@grata/contract/languages";
import { holds } from "@grata/contract/permissions";
import { Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { type CSSProperties, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSignOut } from "../../account/sign-out/use-sign-out.ts";
import { useOwnLanguage } from "../../session/use-own-language.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { initialsOf } from "../../ui/names/customer-name.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import {
  AdminIcon,
  AuditIcon,
  FactorIcon,
  HelpIcon,
  OpenIcon,
  PasswordIcon,
  QuickReplyIcon,
  SessionsIcon,
  SettingsIcon,
  SignOutIcon,
} from "../../ui/theme/icons.ts";
import { sectionOf } from "../help/section-of.ts";
import styles from "./user-menu.module.css";

const SignOutDialog = latePart(
  async () => (await import("../../account/sign-out/sign-out-dialog.tsx")).SignOutDialog,
  {
    place: "dialog",
    ahead: true,
    close: ({ signingOut }) => signingOut.stay(),
  },
);

const PresenceItem = latePart(async () => (await import("./soon.ts")).PresenceItem, {
  place: "menu",
  ahead: true,
});

const ShortcutItems = latePart(async () => (await import("./soon.ts")).ShortcutItems, {
  place: "menu",
  ahead: true,
});

const own = [
  { to: "/console/settings", label: "settings.title", icon: SettingsIcon },
  { to: "/console/quick-replies", label: "quickReplies.own", icon: QuickReplyIcon },
  { to: "/console/password", label: "changePassword.title", icon: PasswordIcon },
  { to: "/console/second-factor", label: "factors.title", icon: FactorIcon },
  { to: "/console/sessions", label: "sessions.title", icon: SessionsIcon },
] as const;

const schemes = ["auto", "light", "dark"] as const;

/** The menu below the user's name: whose console this is, how it looks and speaks, the admin's part, the way out. */
export function UserMenu({ session: { user, organisation } }: { session: SignedInUser }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const switchLanguage = useOwnLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signingOut = useSignOut();
  const { pathname } = useLocation();
  const name = plainLine(user.name);
  return (
    <>
      <Menu
        position="bottom-end"
        shadow="md"
        width={264}
        withinPortal={false}
        middlewares={{ flip: false, shift: true }}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <UnstyledButton className={styles.target} aria-label={t("header.userMenu", { name })}>
            <span className={styles.face} data-letters={initialsOf(name)} aria-hidden />
            <bdi className={styles.name}>{name}</bdi>
            <OpenIcon size={16} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={styles.menu}>
          <div className={styles.whose}>
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
          <Suspense fallback={<Room lines={1} />}>
            <PresenceItem />
          </Suspense>
          {holds(user, "team.manage") && (
            <>
              <Menu.Item
                component={Link}
                to="/console/admin"
                leftSection={<AdminIcon size={16} aria-hidden />}
              >
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
          <Suspense fallback={<Room lines={3} />}>
            <ShortcutItems />
          </Suspense>
          <Menu.Item leftSection={<SignOutIcon size={16} aria-hidden />} onClick={signingOut.ask}>
            {t("header.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {signingOut.losses !== null && (
        <Suspense>
          <SignOutDialog losses={signingOut.losses} signingOut={signingOut} />
        </Suspense>
      )}
    </>
  );
}

/** Keeps the place of entries that come late: what stands below them must not move under the pointer. */
function Room({ lines }: { lines: number }) {
  return <div aria-hidden className={styles.room} style={{ "--lines": lines } as CSSProperties} />;
}
