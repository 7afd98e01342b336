import { CloseButton, Progress } from "@mantine/core";
import { use } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useObservable } from "../../ui/store/use-observable.ts";
import styles from "./message-file.module.css";

interface UploadProgressProps {
  clientId: string;
  name: string;
  onCancel: () => void;
}

/** How far an upload has come, and the way out of it. */
export function UploadProgress({ clientId, name, onCancel }: UploadProgressProps) {
  const { t } = useTranslation();
  const done = useObservable(use(useLive().uploads()).progress).get(clientId) ?? 0;
  return (
    <div className={styles.progress}>
      <Progress
        className={styles.bar}
        value={done * 100}
        // All of it is there, and is being looked at.
        animated={done === 1}
        aria-label={t("files.uploading", { name })}
      />
      <CloseButton size="sm" aria-label={t("files.cancel", { name })} onClick={onCancel} />
    </div>
  );
}
