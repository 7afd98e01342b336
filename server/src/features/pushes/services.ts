import type { PushSubscriptionBody } from "@grata/contract/push";

/** Where browsers let their pushes be handed over: those of Chrome, Firefox, Edge and Safari. */
const known = [
  /^fcm\.googleapis\.com$/,
  /^[\w-]+\.push\.services\.mozilla\.com$/,
  /^[\w-]+\.notify\.windows\.com$/,
  /^[\w-]+\.push\.apple\.com$/,
];

/**
 * Which addresses this server calls to push. Clients name them, so that they are held against a list: the push services
 * of browsers, by HTTPS at its own port, and the origins that the operator adds.
 */
export type PushServices = { accept(endpoint: PushSubscriptionBody["endpoint"]): boolean };

export function createPushServices(added: readonly string[]): PushServices {
  return {
    accept(endpoint) {
      const url = URL.parse(endpoint);
      if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return false;
      if (added.includes(url.origin)) return true;
      return url.protocol === "https:" && url.port === "" && known.some((host) => host.test(url.hostname));
    },
  };
}
