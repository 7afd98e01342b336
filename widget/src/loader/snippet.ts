const identifier = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

export type Snippet = {
  channelId: string;
  /** Where the chat window comes from: the origin of the script itself. */
  origin: string;
};

/** What the shop's one line says; undefined if it is not ours or is broken. */
export function findSnippet(): Snippet | undefined {
  const current = document.currentScript;
  const script =
    current instanceof HTMLScriptElement && current.hasAttribute("data-channel")
      ? current
      : document.querySelector<HTMLScriptElement>('script[data-channel][src*="webchat.js"]');
  const channelId = script?.getAttribute("data-channel") ?? "";
  return script && identifier.test(channelId)
    ? { channelId: channelId.toLowerCase(), origin: new URL(script.src).origin }
    : undefined;
}
