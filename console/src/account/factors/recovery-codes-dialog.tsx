import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/parts/copy-button.tsx";
import { Dialog } from "../../ui/parts/dialog.tsx";
import styles from "./factors.module.css";

/** Shows new recovery codes, this once, to copy or to keep as a file. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const text = codes.map((code) => `${code}\n`).join("");
  return (
    <Dialog title={t("factors.codes.title")} onClose={onClose}>
      <Text>{t("factors.codes.hint")}</Text>
      <Text fw={600}>{t("factors.codes.once")}</Text>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <CopyButton text={text} />
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={`${t("factors.codes.file")}.txt`}
        >
          {t("factors.codes.download")}
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("factors.codes.kept")}</Button>
      </Group>
    </Dialog>
  );
}
