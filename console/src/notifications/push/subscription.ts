import type { OwnPush } from "@grata/contract/push";
import * as routes from "@grata/contract/routes/push";
import { call } from "../../session/http.ts";
import { localTexts } from "../../ui/store/browser-storage.ts";

const script = "/console/push-worker.js";
const scope = "/console/";

/** What the user chose in this browser: it is kept beyond the session, whose end takes the subscription with it. */
const wishKey = (userId: string) => `grata:${userId}:push`;
export const isWished = (userId: string) => localTexts.read(wishKey(userId)) === "on";

/** Whether this browser can be reached while no console is open. Safari on iPhones cannot, in a tab. */
export function canBeReached(): boolean {
  return isSecureContext && "serviceWorker" in navigator && "PushManager" in globalThis;
}

export const readOwnPush = (): Promise<OwnPush> => call(routes.readOwnPush);

/**
 * From now on pop-ups come while no console is open too. Asks for nothing: pop-ups are allowed already. Throws what the
 * browser throws when its push service cannot be reached, and what requests throw.
 */
export async function turnOn(userId: string): Promise<void> {
  const { key } = await readOwnPush();
  const registration = await startWorker();
  const known = await registration.pushManager.getSubscription();
  // Of another organisation's people, who used this browser before.
  if (known && keyOf(known) !== key) await known.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  const { endpoint = "", keys } = subscription.toJSON();
  await call(routes.subscribe, {
    body: { endpoint, keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" } },
  });
  localTexts.write(wishKey(userId), "on");
}

/** No more of them in this browser. */
export async function turnOff(userId: string): Promise<void> {
  await call(routes.unsubscribe);
  localTexts.remove(wishKey(userId));
  const registration = await findWorker();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  await registration?.unregister();
}

/** Our service worker, if there is one here. */
export async function findWorker(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return registration?.scope.endsWith(scope) ? registration : undefined;
}

/** Browsers subscribe only where a service worker is at work already. */
async function startWorker(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(script, { scope, updateViaCache: "none" });
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || worker === null) return registration;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("The service worker could not be started."));
    });
  });
  return registration;
}

function keyOf({ options: { applicationServerKey } }: PushSubscription): string | null {
  if (applicationServerKey === null) return null;
  const text = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
