import type { SignedInUser } from "@grata/contract/http";
import { Menu, UnstyledButton } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSignOut } from "../../account/sign-out/use-sign-out.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { initialsOf } from "../../ui/names/customer-name.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { OpenIcon } from "../../ui/theme/icons.ts";
import styles from "./user-menu.module.css";

const SignOutDialog = latePart(
  async () => (await import("../../account/sign-out/sign-out-dialog.tsx")).SignOutDialog,
  {
    place: "dialog",
    ahead: true,
    close: ({ signingOut }) => signingOut.stay(),
  },
);

const UserMenuEntries = latePart(async () => (await import("./soon.ts")).UserMenuEntries, {
  place: "menu",
  ahead: true,
});

/** The menu below the user's name: whose console this is, how it looks and speaks, the admin's part, the way out. */
export function UserMenu({ session }: { session: SignedInUser }) {
  const { t } = useTranslation();
  const signingOut = useSignOut();
  const name = plainLine(session.user.name);
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
          <Suspense>
            <UserMenuEntries session={session} onSignOut={signingOut.ask} />
          </Suspense>
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
