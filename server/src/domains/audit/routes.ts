import { auditPage, auditQuery } from "@grata/contract/audit";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { listAudit } from "./list.ts";

/** The audit log, for admins. */
export async function auditRoutes(app: TypedApp, services: Context) {
  app.get(
    "/api/audit-log",
    {
      config: { permission: "audit.read" },
      preHandler: identify(services),
      schema: { querystring: auditQuery, response: { 200: auditPage } },
    },
    (request) => listAudit(services.storage, askerOf(request, services), request.query),
  );
}
