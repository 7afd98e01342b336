/** The test of one's own console. */
import { ownTest, startedTest } from "../console-test.ts";
import { route } from "./route.ts";

export const readTest = route("GET", "/api/console-test", {
  summary: "Says how the test of one's own console stands",
  permission: "consoleTest.run",
  answer: ownTest,
});
export const startTest = route("POST", "/api/console-test", {
  summary: "Begins a test, and ends the one before",
  permission: "consoleTest.run",
  answer: startedTest,
  refusals: ["too_many_requests"],
});
export const endTest = route("DELETE", "/api/console-test", {
  summary: "Ends the test",
  permission: "consoleTest.run",
});
