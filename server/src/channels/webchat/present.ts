/** What leaves of a web chat, for each audience. */
import type { LauncherSettings, WebChat, WebChatSettings, WindowSettings } from "@grata/contract/web-chat";
import type { channels } from "../../foundation/schema/channels.ts";
import type { webchatSettings } from "../../foundation/schema/webchat.ts";
import { sitesOf } from "./embedding.ts";
import { completeSettings } from "./settings.ts";

export type StoredWebChat = {
  channel: typeof channels.$inferSelect;
  stored: typeof webchatSettings.$inferSelect | null;
};

/** To everybody: what the window shows. */
export function presentWindow({ colour, texts }: WebChatSettings): WindowSettings {
  return { colour, texts };
}

/** To everybody: what the button in the shop's page needs. */
export function presentLauncher(id: string, origin: string, settings: WebChatSettings): LauncherSettings {
  const { colour, position, launcher, allowedOrigins } = settings;
  return { channel: id, origin, colour, position, launcher, sites: sitesOf(allowedOrigins) };
}

/** To admins: the one line for the shop's pages. */
export function presentSnippet({ id, origin }: { id: string; origin: string }): string {
  return `<script async src="${origin}/webchat/${id}/loader.js"></script>`;
}

/** To admins. Of the secret only that it is there. */
export function presentWebChat({ channel, stored }: StoredWebChat, origin: string): WebChat {
  const formerUntil = stored?.formerSecretUntil ?? null;
  return {
    id: channel.id,
    settings: completeSettings(channel.name, stored),
    snippet: presentSnippet({ id: channel.id, origin }),
    secret: stored?.secretMadeAt
      ? {
          madeAt: stored.secretMadeAt.getTime(),
          formerUntil:
            formerUntil !== null && formerUntil.getTime() > Date.now() ? formerUntil.getTime() : null,
        }
      : null,
  };
}
