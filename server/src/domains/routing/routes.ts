import * as routes from "@grata/contract/routes/routing";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { changeRouting } from "./change.ts";
import { readRouting } from "./read.ts";
import { tryRouting } from "./try.ts";

/** The rules of the Routing page, for admins. */
export async function routingRoutes(app: TypedApp, services: Context) {
  const { storage } = services;
  handle(app, routes.readRouting, (request) => readRouting(storage, askerOf(request, services)));
  handle(app, routes.changeRouting, (request) =>
    changeRouting(storage, askerOf(request, services), request.body),
  );
  handle(app, routes.tryRouting, (request) => tryRouting(storage, askerOf(request, services), request.body));
}
