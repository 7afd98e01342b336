import { eraseCustomer as eraseRoute } from "@grata/contract/routes/customers";
import * as organisation from "@grata/contract/routes/organisation";
import type { Publishing } from "../../domains/conversations/changes.ts";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { changeRetention, readRetention } from "./retention.ts";

/** What is kept of a customer goes for good, at the word of an admin; what was said, also when its time is over. */
export async function erasureRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish, erasure } = services;
  handle(app, eraseRoute, async (request) => {
    publish(await eraseCustomer(storage, askerOf(request, services), request.params.customerId));
    erasure.wake();
  });
  handle(app, organisation.readRetention, (request) => readRetention(storage, askerOf(request, services)));
  handle(app, organisation.changeRetention, async (request) => {
    const changed = await changeRetention(storage, askerOf(request, services), request.body);
    erasure.wake();
    return changed;
  });
}
