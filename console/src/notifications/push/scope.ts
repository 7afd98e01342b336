/**
 * The parts of a service worker's scope that ours uses. TypeScript has them in a library that cannot be loaded beside
 * the one of pages.
 */
interface LongEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface ConsoleWindow {
  url: string;
  frameType: "auxiliary" | "nested" | "none" | "top-level";
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

interface Events {
  install: LongEvent;
  push: LongEvent & { data: { json(): unknown } | null };
  notificationclick: LongEvent & { notification: Notification };
}

export interface WorkerScope {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll(which: { type: "window"; includeUncontrolled: true }): Promise<readonly ConsoleWindow[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): void;
}
