import type { WebChatSettings } from "@grata/contract/web-chat";

const unchanged = { title: "", greeting: "", offline: "" };

/** How a web chat is before an admin has changed anything. */
export const defaultSettings: Omit<WebChatSettings, "name"> = {
  allowedOrigins: [],
  colour: "#1b5e57",
  position: "right",
  launcher: true,
  texts: { en: unchanged, "zh-Hans": unchanged, "zh-Hant": unchanged },
};

/** What the database has of them; all null for a channel without a row of settings. */
export type StoredSettings = { [Key in keyof typeof defaultSettings]?: (typeof defaultSettings)[Key] | null };

/** Fills up what nobody has set yet. */
export function completeSettings(name: string, stored: StoredSettings | null): WebChatSettings {
  return {
    name,
    allowedOrigins: stored?.allowedOrigins ?? defaultSettings.allowedOrigins,
    colour: stored?.colour ?? defaultSettings.colour,
    position: stored?.position ?? defaultSettings.position,
    launcher: stored?.launcher ?? defaultSettings.launcher,
    texts: stored?.texts ?? defaultSettings.texts,
  };
}
