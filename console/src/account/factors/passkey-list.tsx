import type { Passkey } from "@grata/contract/second-factor";
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { PasswordIcon } from "../../ui/theme/icons.ts";
import { formatInstant } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import styles from "./factors.module.css";

interface PasskeyListProps {
  passkeys: readonly Passkey[];
  onRemove: (passkey: Passkey) => void;
}

/** The user's passkeys: their names, where they work, when they were used. */
export function PasskeyList({ passkeys, onRemove }: PasskeyListProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (passkeys.length === 0) return <Text>{t("factors.keys.none")}</Text>;
  return (
    <ul className={styles.list}>
      {passkeys.map((passkey) => {
        const { id, host, createdAt, lastUsedAt } = passkey;
        const name = plainLine(passkey.name);
        return (
          <li key={id} className={styles.item}>
            <PasswordIcon size={22} aria-hidden />
            <div className={styles.words}>
              <Text fw={600}>
                <bdi>{name}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {t("factors.keys.made", { time: formatInstant(createdAt, locale), host })}
              </Text>
              <Text size="sm" c="dimmed">
                {lastUsedAt === null
                  ? t("factors.keys.unused")
                  : t("factors.keys.used", { time: formatInstant(lastUsedAt, locale) })}
              </Text>
            </div>
            <Button
              variant="default"
              size="xs"
              aria-label={t("factors.keys.removeOf", { name })}
              onClick={() => onRemove(passkey)}
            >
              {t("factors.keys.remove")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
