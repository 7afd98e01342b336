import { formatBytes } from "@grata/client/format-bytes";
import { kindByName } from "@grata/contract/file-limits";
import { CloseButton } from "@mantine/core";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { FileIcon } from "../../ui/theme/icons.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import { type FileKinds, stage } from "./stage.ts";
import styles from "./staging.module.css";
import { useBlobUrl } from "./use-blob-url.ts";
import { useStaged } from "./use-staged.ts";

interface StagingProps {
  conversationId: string;
  kinds: FileKinds;
  onStaged: () => void;
}

/** What will be sent with the next message. Files may be dropped on the whole chat, and pasted where it is written. */
export function Staging({ conversationId, kinds, onStaged }: StagingProps) {
  const { t } = useTranslation();
  const { t: errorSentence } = useTranslation("errors");
  const staged = useStaged(conversationId);
  const place = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState(false);
  const take = useEffectEvent((files: readonly File[]) => {
    stage(staged, files, kinds);
    onStaged();
  });

  useEffect(() => {
    const chat = place.current?.closest("section");
    return chat ? catchFiles(chat, { take: (files) => take(files), hover: setHovered }) : undefined;
  }, []);

  return (
    <div ref={place}>
      {hovered && <div className={styles.drop}>{t("files.drop")}</div>}
      {staged.files.length > 0 && (
        <ul className={styles.tray} aria-label={t("files.staged")}>
          {staged.files.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be chosen twice.
            <li key={index} className={styles.staged}>
              <StagedFile file={file} />
              <CloseButton
                size="sm"
                aria-label={t("files.remove", { name: plainLine(file.name) })}
                onClick={() => {
                  staged.set({ files: staged.files.filter((other) => other !== file), refused: [] });
                  onStaged();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div role="alert" className={styles.refused}>
        {staged.refused.map(({ name, reason }) => (
          <p key={name}>
            {t("files.refused", {
              name: plainLine(name),
              reason: reason === "channel" ? t("files.notOnChannel") : errorSentence(reason),
            })}
          </p>
        ))}
      </div>
    </div>
  );
}

function StagedFile({ file }: { file: File }) {
  const { language } = useLocale();
  const url = useBlobUrl(kindByName(file.name) === "image" ? file : null);
  return (
    <>
      {url === null ? <FileIcon size={20} aria-hidden /> : <img className={styles.small} src={url} alt="" />}
      <span className={styles.name}>
        <bdi>{plainLine(file.name)}</bdi>{" "}
        <span className={styles.size}>{formatBytes(file.size, language)}</span>
      </span>
    </>
  );
}

/** Catches what is dropped on an element or pasted in it, until the returned disposer is called. */
function catchFiles(
  element: HTMLElement,
  { take, hover }: { take: (files: File[]) => void; hover: (hovered: boolean) => void },
): () => void {
  const ending = new AbortController();
  const options = { signal: ending.signal };
  /** Each part of the chat that the files are dragged over enters before the last one is left. */
  let inside = 0;
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") ?? false;
  const leave = () => {
    inside = 0;
    hover(false);
  };
  element.addEventListener(
    "dragenter",
    (event) => {
      if (hasFiles(event)) {
        inside += 1;
        hover(true);
      }
    },
    options,
  );
  element.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault(), options);
  element.addEventListener(
    "dragleave",
    (event) => {
      if (hasFiles(event)) {
        inside -= 1;
        if (inside <= 0) leave();
      }
    },
    options,
  );
  element.addEventListener(
    "drop",
    (event) => {
      leave();
      if (hasFiles(event)) {
        event.preventDefault();
        take([...(event.dataTransfer?.files ?? [])]);
      }
    },
    options,
  );
  element.addEventListener(
    "paste",
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // What is copied from a text program comes as words and as their picture: the words are meant.
      if (files.length > 0 && !event.clipboardData?.types.includes("text/plain")) {
        event.preventDefault();
        take(files);
      }
    },
    options,
  );
  return () => ending.abort();
}
