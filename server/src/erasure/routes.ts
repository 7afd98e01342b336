import { customerParameters } from "@grata/contract/customers";
import { empty } from "@grata/contract/http";
import type { Services } from "../http/context.ts";
import { askerOf, identify } from "../http/identify.ts";
import type { TypedApp } from "../http/routes.ts";
import { eraseCustomer } from "./erase-customer.ts";

/** What is kept of a customer goes for good, at the word of an admin. */
export async function erasureRoutes(app: TypedApp, services: Services) {
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
}
