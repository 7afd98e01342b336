import { empty } from "@grata/contract/http";
import { ownPush, pushSubscription } from "@grata/contract/push";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import type { PushServices } from "./services.ts";
import { readOwnPush, subscribe, unsubscribe } from "./subscribe.ts";

/** Whether this browser is told while no console is open. */
export async function pushRoutes(app: TypedApp, services: Context & { pushServices: PushServices }) {
  const { storage, secrets, pushServices } = services;
  const own = { config: { permission: "push.own" }, preHandler: identify(services) } as const;

  app.get("/api/push", { ...own, schema: { response: { 200: ownPush } } }, (request) =>
    readOwnPush(storage, secrets, askerOf(request, services)),
  );
  app.put(
    "/api/push",
    { ...own, schema: { body: pushSubscription, response: { 200: empty } } },
    async (request) => {
      await subscribe(storage, secrets, pushServices, askerOf(request, services), request.body);
      return {};
    },
  );
  app.delete("/api/push", { ...own, schema: { response: { 200: empty } } }, async (request) => {
    await unsubscribe(storage, askerOf(request, services));
    return {};
  });
}
