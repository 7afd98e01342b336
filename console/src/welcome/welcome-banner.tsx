import type { SignedInUser } from "@grata/contract/http";
import { ActionIcon, Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { localTexts } from "../ui/store/browser-storage.ts";
import { AdminIcon, CloseIcon, NewWindowIcon } from "../ui/theme/icons.ts";
import styles from "./welcome-banner.module.css";

/** Tells an admin what to do next, until they say that they know. */
export function WelcomeBanner({ user }: { user: SignedInUser["user"] }) {
  const { t } = useTranslation();
  const key = `grata:${user.id}:welcomed`;
  const [shown, setShown] = useState(() => localTexts.read(key) === null);
  if (!shown) {
    return null;
  }
  return (
    <section className={styles.banner} aria-labelledby="welcome">
      <div className={styles.words}>
        <Title order={2} size="h4" id="welcome">
          {t("welcome.title", { name: user.name })}
        </Title>
        <Text c="dimmed">{t("welcome.hint")}</Text>
      </div>
      <div className={styles.actions}>
        <Button
          component="a"
          href="/try"
          target="_blank"
          rightSection={<NewWindowIcon size={16} aria-hidden />}
        >
          {t("welcome.tryPage")}
        </Button>
        <Button
          component={Link}
          to="/console/admin"
          variant="default"
          leftSection={<AdminIcon size={16} aria-hidden />}
        >
          {t("admin.title")}
        </Button>
      </div>
      <ActionIcon
        className={styles.dismiss}
        variant="subtle"
        color="gray"
        aria-label={t("welcome.dismiss")}
        onClick={() => {
          localTexts.write(key, "yes");
          setShown(false);
        }}
      >
        <CloseIcon size={18} aria-hidden />
      </ActionIcon>
    </section>
  );
}
