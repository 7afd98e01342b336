import * as routes from "@grata/contract/routes/operation";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { listAudit } from "./list.ts";

/** The audit log, for admins. */
export async function auditRoutes(app: TypedApp, services: Context) {
  handle(app, routes.listAudit, (request) =>
    listAudit(services.storage, askerOf(request, services), request.query),
  );
}
