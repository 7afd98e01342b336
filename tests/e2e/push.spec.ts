import { openPushBox, type PushBox, type ReceivedPush } from "@grata/server/testing";
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import {
  test as base,
  enterConsole,
  expect,
  expectAccessible,
  openChatWindow,
  write,
} from "./support/fixtures.ts";
import { Server } from "./support/server.ts";

/** Its own server, which may call the push service of the test. */
const test = base.extend<object, { box: PushBox }>({
  box: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const box = await openPushBox();
      await use(box);
      await box.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ box }, use) => {
      const server = await Server.start({ PUSH_SERVICES: box.url });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

/**
 * A browser under test reaches no push service: subscriptions of this context are made at the test's own one. What
 * comes there is handed to the real service worker, as the browser does with what it has decrypted.
 */
async function subscribeHere(
  context: BrowserContext,
  box: PushBox,
): Promise<ReturnType<PushBox["subscribe"]>> {
  const subscription = box.subscribe();
  await context.addInitScript((body) => {
    const key = "the test's subscription";
    const make = (options: unknown) => ({
      options: { applicationServerKey: null, ...(options as object) },
      toJSON: () => body,
      unsubscribe: async () => {
        localStorage.removeItem(key);
        return true;
      },
    });
    Object.assign(PushManager.prototype, {
      subscribe: async (options: unknown) => {
        localStorage.setItem(key, "on");
        return make(options);
      },
      getSubscription: async () => (localStorage.getItem(key) === null ? null : make({})),
    });
  }, subscription.body);
  return subscription;
}

interface Notice {
  title: string;
  body: string;
  tag: string;
}
/** What the service worker shows, as another page of the same origin sees it. */
const noticesOn = (page: Page): Promise<Notice[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration("/console/");
    const shown = (await registration?.getNotifications()) ?? [];
    return shown.map(({ title, body, tag }) => ({ title, body, tag }));
  });

/** Hands a push to the service worker of the page's origin. */
async function deliver(page: Page, { pushed }: Pick<ReceivedPush, "pushed">): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [ours] = registrations.filter(
        ({ scopeURL, isDeleted }) => scopeURL.endsWith("/console/") && !isDeleted,
      );
      if (ours) resolve(ours.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await registered;
  const origin = new URL(page.url()).origin;
  await session.send("ServiceWorker.deliverPushMessage", {
    origin,
    registrationId,
    data: JSON.stringify(pushed),
  });
  await session.detach();
}

async function customerWrites(browser: Browser, server: Server, text: string): Promise<void> {
  const shop = await (await browser.newContext({ locale: "en" })).newPage();
  await write(await openChatWindow(shop, server), text);
}

const switchOf = (page: Page) => page.getByRole("switch", { name: "Pop-ups also when Grata is closed" });

test("C2, C6: with the console closed a pop-up comes from the browser, and leads back; with it open none comes twice", async ({
  page,
  context,
  browser,
  server,
  box,
}) => {
  await context.grantPermissions(["notifications"]);
  const subscription = await subscribeHere(context, box);
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/settings`);
  await expect(switchOf(page)).not.toBeChecked();
  await switchOf(page).click();
  await expect(switchOf(page)).toBeChecked();
  await expect(switchOf(page)).toHaveAttribute("aria-busy", "false");
  await expectAccessible(page);
  await page.reload();
  await expect(switchOf(page)).toBeChecked();

  // Another page of ours, so that the browser has one to ask from.
  await page.goto(`${server.url}/`);
  await customerWrites(browser, server, "Is <b>anybody</b> there?");
  await expect.poll(() => box.to(subscription).length).toBe(1);
  const [push] = box.to(subscription);
  if (!push) throw new Error("No push came.");
  await deliver(page, push);
  await expect
    .poll(() => noticesOn(page))
    .toEqual([
      {
        title: `Visitor ${push.pushed.customer.reference} is waiting`,
        body: "Is <b>anybody</b> there?",
        tag: push.pushed.conversationId,
      },
    ]);
  // The newer one takes its place, in the language that the user has by then, and cut into one line.
  const newer: ReceivedPush["pushed"] = {
    ...push.pushed,
    kind: "message",
    customer: { name: "林小姐", reference: "AB12" },
    last: { text: "", file: { kind: "voice", name: "voice.mp3" } },
    language: "zh-Hant",
  };
  await deliver(page, { pushed: newer });
  await expect
    .poll(() => noticesOn(page))
    .toEqual([{ title: "林小姐", body: "語音訊息", tag: push.pushed.conversationId }]);

  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error("There is no service worker.");
  const click = () =>
    worker.evaluate(async () => {
      const scope = globalThis as unknown as {
        registration: ServiceWorkerRegistration;
        clients: { openWindow(path: string): Promise<unknown> };
        opened?: string;
      };
      // Browsers open windows for people only.
      scope.clients.openWindow = async (path) => {
        scope.opened = path;
      };
      const [notification] = await scope.registration.getNotifications();
      const Click = Reflect.get(globalThis, "NotificationEvent") as new (type: string, init: object) => Event;
      globalThis.dispatchEvent(new Click("notificationclick", { notification }));
      for (;;) {
        const left = await scope.registration.getNotifications();
        if (left.length === 0) return;
      }
    });
  await click();
  await expect
    .poll(() => worker.evaluate(() => Reflect.get(globalThis, "opened")))
    .toBe(`/console/chats/${push.pushed.conversationId}`);

  // A console that starts takes away what it shows itself; a click leads it to the chat, and none comes while it is there.
  await deliver(page, push);
  await expect.poll(async () => (await noticesOn(page)).length).toBe(1);
  const open = await context.newPage();
  await open.goto(`${server.url}/console/settings`);
  await expect.poll(() => noticesOn(page)).toEqual([]);
  await worker.evaluate(async (conversationId) => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
    await scope.registration.showNotification("林小姐", { data: { conversationId } });
    const [notification] = await scope.registration.getNotifications();
    const Click = Reflect.get(globalThis, "NotificationEvent") as new (type: string, init: object) => Event;
    globalThis.dispatchEvent(new Click("notificationclick", { notification }));
  }, push.pushed.conversationId);
  await expect(open).toHaveURL(`${server.url}/console/chats/${push.pushed.conversationId}`);
  await deliver(page, push);
  await open.close();
  // The worker hears of it a moment later.
  await expect
    .poll(() =>
      worker.evaluate(async () => {
        const scope = globalThis as unknown as {
          clients: { matchAll(options: object): Promise<{ url: string }[]> };
        };
        const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
        return windows.filter(({ url }) => new URL(url).pathname.startsWith("/console")).length;
      }),
    )
    .toBe(0);
  const another = { ...newer, conversationId: "0198aaaa-0000-7000-8000-000000000000" };
  await deliver(page, { pushed: another });
  await expect
    .poll(async () => (await noticesOn(page)).map(({ tag }) => tag))
    .toEqual([another.conversationId]);

  await page.goto(`${server.url}/console/settings`);
  await switchOf(page).click();
  await expect(switchOf(page)).not.toBeChecked();
  await expect(switchOf(page)).toHaveAttribute("aria-busy", "false");
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration("/console/"))).toBeUndefined();
  expect(await (await page.request.get(`${server.url}/api/push`)).json()).toMatchObject({
    subscribed: false,
  });
});

test("C6: whoever wants them is asked once: after signing in again they come again", async ({
  page,
  context,
  server,
  box,
}) => {
  await context.grantPermissions(["notifications"]);
  await subscribeHere(context, box);
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/settings`);
  await switchOf(page).click();
  await expect(switchOf(page)).toBeChecked();
  await expect(switchOf(page)).toHaveAttribute("aria-busy", "false");
  await page.request.delete(`${server.url}/api/session`, { headers: { origin: server.url } });
  await enterConsole(page, server);
  await expect
    .poll(async () => (await (await page.request.get(`${server.url}/api/push`)).json()).subscribed)
    .toBe(true);
});

test("C6: a browser without a push service, or that was told no, says so", async ({
  page,
  context,
  server,
}) => {
  await enterConsole(page, server);
  await page.goto(`${server.url}/console/settings`);
  await page.evaluate(() => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
  });
  await switchOf(page).click();
  await expect(page.getByRole("alert")).toHaveText(/does not allow pop-ups/);
  await expect(switchOf(page)).not.toBeChecked();
  await context.grantPermissions(["notifications"]);
  await page.reload();
  await switchOf(page).click();
  await expect(page.getByRole("alert")).toHaveText(/could not reach its push service/);
  await expect(switchOf(page)).not.toBeChecked();
  await expectAccessible(page);
});

test("C2: the service worker is a script of ours that nobody keeps unasked and that loads nothing", async ({
  request,
  server,
}) => {
  const answer = await request.get(`${server.url}/console/push-worker.js`);
  expect(answer.headers()).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-cache",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
    "x-content-type-options": "nosniff",
  });
  const script = await answer.text();
  expect(script).not.toContain('"fetch"');
  expect(script.length).toBeLessThan(30_000);
  const again = await request.get(`${server.url}/console/push-worker.js`, {
    headers: { "if-none-match": answer.headers().etag ?? "" },
  });
  expect(again.status()).toBe(304);
});
