import { pushed } from "@grata/contract/push";
import { popUpWords } from "../attention/words.ts";
import type { OpenMessage } from "./open-message.ts";
import { sayIn } from "./say.ts";
import type { ConsoleWindow, WorkerScope } from "./scope.ts";

/**
 * The service worker: shows what is pushed while no console is open, and opens one on a click. It takes no requests of
 * pages: without a listener for `fetch` browsers do not even ask it.
 */
const scope = globalThis as unknown as WorkerScope;

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("push", (event) => event.waitUntil(show(event.data?.json())));
scope.addEventListener("notificationclick", (event) => event.waitUntil(follow(event.notification)));

async function show(message: unknown): Promise<void> {
  const { data } = pushed.safeParse(message);
  // A console that is open calls by itself, by sound too.
  if (data === undefined || (await consoles()).length > 0) return;
  const { title, body } = popUpWords(sayIn(data.language), data);
  const conversationId = data.kind === "message" ? data.conversationId : null;
  await scope.registration.showNotification(title, {
    body,
    // As the console's own pop-ups have it: the newest about a chat takes the older one's place, and calls again.
    tag: data.conversationId,
    data: { conversationId },
    lang: data.language,
    ...{ renotify: true },
  });
}

async function follow(notification: Notification): Promise<void> {
  notification.close();
  const { conversationId } = notification.data as Pick<OpenMessage, "conversationId">;
  const [open] = await consoles();
  if (open === undefined) {
    await scope.clients.openWindow(conversationId === null ? "/console" : `/console/chats/${conversationId}`);
    return;
  }
  const message: OpenMessage = { type: "grata.open", conversationId };
  open.postMessage(message);
  await open.focus();
}

async function consoles(): Promise<ConsoleWindow[]> {
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter(({ url, frameType }) => {
    const { pathname } = new URL(url);
    return frameType !== "nested" && (pathname === "/console" || pathname.startsWith("/console/"));
  });
}
