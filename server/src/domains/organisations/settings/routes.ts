import * as routes from "@grata/contract/routes/organisation";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import { changeOrganisation, readOrganisation } from "./settings.ts";

/** The settings of the whole organisation, for admins. */
export async function organisationRoutes(app: TypedApp, services: Context) {
  const { storage } = services;
  handle(app, routes.readOrganisation, (request) => readOrganisation(storage, askerOf(request, services)));
  handle(app, routes.changeOrganisation, (request) =>
    changeOrganisation(storage, askerOf(request, services), request.body),
  );
}
