import type { IdentityWorld, ShownName } from "@grata/contract/shown-as";
import { Text } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { Face } from "./face.tsx";
import styles from "./identities.module.css";

interface PreviewProps {
  world: IdentityWorld;
  names: readonly ShownName[];
  picture: string | null;
}

/** The identity as customers see it, in each of its languages. */
export function Preview({ world, names, picture }: PreviewProps) {
  const { t } = useTranslation("identities");
  const heading = useId();
  return (
    <section className={styles.preview} aria-labelledby={heading}>
      <Text size="sm" fw={600} id={heading}>
        {t("preview")}
      </Text>
      {names.length === 0 && (
        <Text c="dimmed" size="sm">
          {t("previewNone")}
        </Text>
      )}
      {names.map(({ language, name, line = "" }) => (
        <div key={language ?? world} className={styles.seen} lang={language}>
          <Face name={plainLine(name)} picture={picture} />
          <span className={styles.words}>
            <bdi className={styles.name}>{plainLine(name)}</bdi>
            {line.trim() !== "" && <bdi className={styles.more}>{plainLine(line)}</bdi>}
          </span>
        </div>
      ))}
    </section>
  );
}
