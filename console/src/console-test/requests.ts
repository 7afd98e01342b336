import type { StartedTest } from "@grata/contract/console-test";
import * as routes from "@grata/contract/routes/console-test";
import { call } from "../session/http.ts";

export function startTest(): Promise<StartedTest> {
  return call(routes.startTest);
}

export async function readTest() {
  return (await call(routes.readTest)).test;
}

export function endTest(): Promise<void> {
  return call(routes.endTest);
}
