import type { LauncherSettings } from "@grata/contract/web-chat";

/** Put in by the server that sends this script. */
declare const __GRATA_SETTINGS__: LauncherSettings;

export type Snippet = LauncherSettings & {
  /** What the shop's server signed, where the snippet carries it. */
  identity: string | null;
};

/** What the shop's one line says and what an admin has set. */
export function readSnippet(): Snippet {
  const settings = __GRATA_SETTINGS__;
  const script = document.currentScript;
  const loaded = script instanceof HTMLScriptElement && script.src !== "";
  return {
    ...settings,
    // The address that this page reached us by, which may be another one than the first in our list.
    origin: loaded ? new URL(script.src).origin : settings.origin,
    identity: script?.getAttribute("data-identity") ?? null,
  };
}

/** Whether a page of this origin may carry the window. Where it may not, the browser would show an empty frame. */
export function mayCarry(
  { sites, origin }: Pick<LauncherSettings, "sites" | "origin">,
  page: string,
): boolean {
  return sites === null || page === origin || new RegExp(sites).test(page);
}
