import { customerParameters } from "@grata/contract/customers";
import { empty } from "@grata/contract/http";
import { retention } from "@grata/contract/retention";
import type { Publishing } from "../../domains/conversations/changes.ts";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { changeRetention, readRetention } from "./retention.ts";

/** What is kept of a customer goes for good, at the word of an admin; what was said, also when its time is over. */
export async function erasureRoutes(app: TypedApp, services: Context & Publishing) {
  app.post(
    "/api/customers/:customerId/erasure",
    {
      config: { permission: "customers.erase" },
      preHandler: identify(services),
      schema: { params: customerParameters, response: { 200: empty } },
    },
    async (request) => {
      const { storage, publish, erasure } = services;
      publish(await eraseCustomer(storage, askerOf(request, services), request.params.customerId));
      erasure.wake();
      return {};
    },
  );
  const admins = { config: { permission: "organisation.manage" }, preHandler: identify(services) } as const;
  app.get("/api/organisation/retention", { ...admins, schema: { response: { 200: retention } } }, (request) =>
    readRetention(services.storage, askerOf(request, services)),
  );
  app.put(
    "/api/organisation/retention",
    { ...admins, schema: { body: retention, response: { 200: retention } } },
    async (request) => {
      const { storage, erasure } = services;
      const changed = await changeRetention(storage, askerOf(request, services), request.body);
      erasure.wake();
      return changed;
    },
  );
}
