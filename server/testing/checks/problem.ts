import { expect } from "vitest";
import { StartupProblem } from "../../src/foundation/configuration/startup-problem.ts";

/** What the operator is told: one sentence on one line. Fails when there is no problem, or a fault instead. */
export async function problemOf(starting: Promise<unknown>): Promise<string> {
  const error = await starting.then(
    () => new Error("There was no problem."),
    (error: unknown) => error,
  );
  if (!(error instanceof StartupProblem)) throw error;
  expect(error.message).toMatch(/^[A-Z][^\n]*[.;]$/);
  return error.message;
}
