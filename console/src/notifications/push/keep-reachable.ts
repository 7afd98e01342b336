import { popUpPermission } from "../attention/pop-up-permission.ts";
import { isOpenMessage } from "./open-message.ts";
import { canBeReached, findWorker, isWished, turnOn } from "./subscription.ts";

/**
 * In a console that starts, for a user who wants pop-ups while none is open: subscribes anew, because the subscription
 * ended with the session before, and goes where a click on a pop-up leads, until the returned function is called. What
 * earlier pop-ups tell of is on screen now: they go.
 */
export function keepReachable(userId: string, go: (conversationId: string | null) => void): () => void {
  const listening = new AbortController();
  if (!canBeReached() || !isWished(userId) || popUpPermission() !== "granted") return () => undefined;
  navigator.serviceWorker.addEventListener(
    "message",
    ({ data }: MessageEvent<unknown>) => {
      if (isOpenMessage(data)) go(data.conversationId);
    },
    { signal: listening.signal },
  );
  // Without the push service nothing else is worse, and the settings say so; the next start tries again.
  tidy().catch(() => undefined);
  turnOn(userId).catch(() => undefined);
  return () => listening.abort();
}

async function tidy(): Promise<void> {
  const registration = await findWorker();
  for (const notification of (await registration?.getNotifications()) ?? []) notification.close();
}
