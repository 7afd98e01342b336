import {
  customFieldChanges,
  customFieldList,
  fieldParameters,
  newCustomField,
} from "@grata/contract/customers";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import type { Publishing } from "../../conversations/changes.ts";
import type { Listed } from "../listed.ts";
import { changeField } from "./change.ts";
import { createField } from "./create.ts";
import { deleteField } from "./delete.ts";
import { listFields } from "./list.ts";

const path = "/api/customer-fields/:fieldId";

/** What an organisation wants to know of its customers: everybody of the team fills it in, admins say what it is. */
export async function fieldRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const preHandler = identify(services);
  const admins = { config: { permission: "customerFields.manage" }, preHandler } as const;
  const answer = { 200: customFieldList };
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = <List>({ list, changes }: Listed<List>): List => {
    publish(changes);
    return list;
  };

  app.get(
    "/api/customer-fields",
    { config: { permission: "customerFields.list" }, preHandler, schema: { response: answer } },
    (request) => listFields(storage, asker(request)),
  );
  app.post(
    "/api/customer-fields",
    { ...admins, schema: { body: newCustomField, response: answer } },
    async (request) => tell(await createField(storage, asker(request), request.body)),
  );
  app.patch(
    path,
    { ...admins, schema: { params: fieldParameters, body: customFieldChanges, response: answer } },
    async (request) => tell(await changeField(storage, asker(request), request.params.fieldId, request.body)),
  );
  app.delete(path, { ...admins, schema: { params: fieldParameters, response: answer } }, async (request) =>
    tell(await deleteField(storage, asker(request), request.params.fieldId)),
  );
}
