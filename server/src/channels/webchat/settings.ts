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
