import { formatBytes } from "@grata/client/format-bytes";
import type { OutgoingFile } from "@grata/client/outgoing";
import { pathOf } from "@grata/client/route-address";
import { kindByName } from "@grata/contract/file-limits";
import type { Attachment, FilePart } from "@grata/contract/files";
import { readFile } from "@grata/contract/routes/files";
import { ActionIcon } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { DownloadIcon, FileIcon } from "../../ui/theme/icons.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import type { MessageStatus } from "../timeline.ts";
import { VoiceMessage } from "../voice/lazy-voice-message.ts";
import styles from "./message-file.module.css";
import { MessageImage } from "./message-image.tsx";
import { UploadProgress } from "./upload-progress.tsx";
import { useOutgoingUrl } from "./use-outgoing-url.ts";

interface MessageFileProps {
  file: Attachment | OutgoingFile;
  conversationId: string;
  clientId: string | null;
  /** Whether the team says it. */
  own: boolean;
  status: MessageStatus;
  onCancel: (clientId: string) => void;
}

/** What a message carries: an image small, everything else by its name, to be downloaded. */
export function MessageFile({
  file,
  conversationId,
  clientId,
  own: isOwn,
  status,
  onCancel,
}: MessageFileProps) {
  const { t } = useTranslation();
  const { language } = useLocale();
  const stored = "kind" in file ? file : null;
  const name = isVoice(file) ? t("files.voice") : plainLine(file.name);
  const addressOf = (part: FilePart) => pathOf(readFile, { conversationId, fileId: file.id, part });
  const own = useOutgoingUrl(stored === null && kindByName(file.name) === "image" ? file.id : null);
  if (stored?.kind === "image") {
    return (
      <MessageImage
        {...stored}
        name={name}
        thumbnail={addressOf("thumbnail")}
        content={addressOf("content")}
      />
    );
  }
  if (stored?.kind === "voice") {
    return (
      <Suspense fallback={<div className={styles.voice} />}>
        <VoiceMessage file={stored} conversationId={conversationId} own={isOwn} />
      </Suspense>
    );
  }
  return (
    <div className={styles.file}>
      {own !== null && <img className={styles.own} src={own} alt={name} />}
      <div className={styles.row}>
        {own === null && <FileIcon size={28} stroke={1.5} aria-hidden />}
        <span className={styles.words}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.size}>{formatBytes(file.bytes, language)}</span>
        </span>
        {stored !== null && (
          <ActionIcon
            component="a"
            href={addressOf("content")}
            download={file.name}
            variant="subtle"
            color="gray"
            aria-label={t("files.download", { name })}
            title={t("files.save")}
          >
            <DownloadIcon size={20} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {status.kind === "uploading" && clientId !== null && (
        <UploadProgress clientId={clientId} name={name} onCancel={() => onCancel(clientId)} />
      )}
    </div>
  );
}

function isVoice(file: Attachment | OutgoingFile): boolean {
  return "kind" in file ? file.kind === "voice" : file.purpose === "voice";
}
