import { Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CloseIcon, DownloadIcon } from "../../ui/theme/icons.ts";
import styles from "./message-image.module.css";

/** How large an image stands in the chat, in pixels. */
const WIDEST = 320;
const HIGHEST = 240;

interface MessageImageProps {
  name: string;
  width: number;
  height: number;
  /** The addresses of the image, small and in full. */
  thumbnail: string;
  content: string;
}

/** An image, small; a click shows it in full. */
export function MessageImage({ name, width, height, thumbnail, content }: MessageImageProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [failed, setFailed] = useState(false);
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return (
    <>
      <button
        type="button"
        className={styles.small}
        aria-label={t("files.open", { name })}
        onClick={() => setOpened(true)}
      >
        {failed ? (
          <span className={styles.failed}>{t("files.notShown")}</span>
        ) : (
          <img
            src={thumbnail}
            alt={name}
            width={Math.max(24, Math.round(width * scale))}
            height={Math.max(24, Math.round(height * scale))}
            onError={() => setFailed(true)}
          />
        )}
      </button>
      <Modal.Root opened={opened} onClose={() => setOpened(false)} fullScreen padding={0}>
        <Modal.Overlay />
        <Modal.Content className={styles.content}>
          <Modal.Body className={styles.view}>
            <div className={styles.head}>
              <Modal.Title className={styles.title}>
                <bdi>{name}</bdi>
              </Modal.Title>
              <a className={styles.action} href={content} download={name}>
                <DownloadIcon size={20} aria-hidden /> {t("files.save")}
              </a>
              <button type="button" className={styles.action} data-autofocus onClick={() => setOpened(false)}>
                <CloseIcon size={20} aria-hidden /> {t("files.close")}
              </button>
            </div>
            <img className={styles.full} src={content} alt={name} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
