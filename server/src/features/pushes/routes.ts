import * as routes from "@grata/contract/routes/push";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import type { PushServices } from "./services.ts";
import { readOwnPush, subscribe, unsubscribe } from "./subscribe.ts";

/** Whether this browser is told while no console is open. */
export async function pushRoutes(app: TypedApp, services: Context & { pushServices: PushServices }) {
  const { storage, secrets, pushServices } = services;
  handle(app, routes.readOwnPush, (request) => readOwnPush(storage, secrets, askerOf(request, services)));
  handle(app, routes.subscribe, (request) =>
    subscribe(storage, secrets, pushServices, askerOf(request, services), request.body),
  );
  handle(app, routes.unsubscribe, (request) => unsubscribe(storage, askerOf(request, services)));
}
