import { textOn } from "@grata/client/colour";
import type { Language } from "@grata/contract/languages";
import type { WebChatSettings } from "@grata/contract/web-chat";
import { Text } from "@mantine/core";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { ChatIcon } from "../../ui/theme/icons.ts";
import styles from "./preview.module.css";

/** The window as it will be with what stands in the form now. A colour that is none yet leaves the last one. */
export function Preview({ settings, language }: { settings: WebChatSettings; language: Language }) {
  const { t } = useTranslation();
  const own = settings.texts[language];
  const colour = /^#[\da-f]{6}$/i.test(settings.colour) ? settings.colour : "#808080";
  const colours = { "--preview-accent": colour, "--preview-on-accent": textOn(colour) } as CSSProperties;
  return (
    <section className={styles.preview} style={colours} aria-label={t("webChat.preview")}>
      <Text fw={600}>{t("webChat.preview")}</Text>
      <div className={styles.window}>
        <div className={styles.head} dir="auto">
          {own.title || t("webChat.previewTitle")}
        </div>
        <div className={styles.log}>
          <div className={styles.theirs} dir="auto">
            {own.greeting || t("webChat.previewGreeting")}
          </div>
          <div className={styles.own}>{t("webChat.previewQuestion")}</div>
        </div>
        <div className={styles.field}>{t("webChat.previewMessage")}</div>
      </div>
      {settings.launcher && (
        <span className={styles.launcher} data-position={settings.position}>
          <ChatIcon size={22} aria-hidden />
        </span>
      )}
    </section>
  );
}
