import * as routes from "@grata/contract/routes/console-test";
import type { Publishing } from "../../domains/conversations/changes.ts";
import { networkOf } from "../../foundation/http/address.ts";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { type EndedTest, endTest } from "./end.ts";
import { readTest } from "./read.ts";
import { startTest } from "./start.ts";

/** The test of one's own console: begins it, tells how it stands, ends it. */
export async function consoleTestRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, limits, addressOf } = services;

  handle(app, routes.readTest, async (request) => ({
    test: await readTest(storage, askerOf(request, services)),
  }));
  handle(app, routes.startTest, async (request) => {
    await limits.newVisitor(networkOf(addressOf(request.raw)));
    const { started, ended } = await startTest(storage, askerOf(request, services));
    tellEnd(services, ended);
    return started;
  });
  handle(app, routes.endTest, async (request) => {
    tellEnd(services, await endTest(storage, askerOf(request, services)));
  });
}

/** Tells everybody whom it concerns that a test is over, and ends the sockets of its window. */
export function tellEnd(
  { publish, cutCustomer }: Publishing & Pick<Context, "cutCustomer">,
  ended: EndedTest | null,
): void {
  if (!ended) return;
  publish(ended.changes);
  cutCustomer(ended.customerId);
}
