import { organisationChange, organisationSettings } from "@grata/contract/organisation";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import { changeOrganisation, readOrganisation } from "./settings.ts";

/** The settings of the whole organisation, for admins. */
export async function organisationRoutes(app: TypedApp, services: Context) {
  const { storage } = services;
  const admins = { config: { permission: "organisation.manage" }, preHandler: identify(services) } as const;

  app.get(
    "/api/organisation",
    { ...admins, schema: { response: { 200: organisationSettings } } },
    (request) => readOrganisation(storage, askerOf(request, services)),
  );
  app.put(
    "/api/organisation",
    { ...admins, schema: { body: organisationChange, response: { 200: organisationSettings } } },
    (request) => changeOrganisation(storage, askerOf(request, services), request.body),
  );
}
