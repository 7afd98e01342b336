import { ownTest, type StartedTest, startedTest } from "@grata/contract/console-test";
import { ask, tell } from "../session/http.ts";

const path = "/api/console-test";

export function startTest(): Promise<StartedTest> {
  return ask({ method: "POST", path }, startedTest);
}

export async function readTest() {
  return (await ask({ method: "GET", path }, ownTest)).test;
}

export function endTest(): Promise<void> {
  return tell({ method: "DELETE", path });
}
