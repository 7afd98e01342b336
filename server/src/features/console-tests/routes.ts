import { ownTest, startedTest } from "@grata/contract/console-test";
import { empty } from "@grata/contract/http";
import type { Publishing } from "../../domains/conversations/changes.ts";
import { networkOf } from "../../foundation/http/address.ts";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { type EndedTest, endTest } from "./end.ts";
import { readTest } from "./read.ts";
import { startTest } from "./start.ts";

const path = "/api/console-test";

/** The test of one's own console: begins it, tells how it stands, ends it. */
export async function consoleTestRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, limits, addressOf } = services;
  const testers = { config: { permission: "consoleTest.run" }, preHandler: identify(services) } as const;

  app.get(path, { ...testers, schema: { response: { 200: ownTest } } }, async (request) => ({
    test: await readTest(storage, askerOf(request, services)),
  }));
  app.post(path, { ...testers, schema: { response: { 200: startedTest } } }, async (request) => {
    await limits.newVisitor(networkOf(addressOf(request.raw)));
    const { started, ended } = await startTest(storage, askerOf(request, services));
    tellEnd(services, ended);
    return started;
  });
  app.delete(path, { ...testers, schema: { response: { 200: empty } } }, async (request) => {
    tellEnd(services, await endTest(storage, askerOf(request, services)));
    return {};
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
