import { DrizzleQueryError } from "drizzle-orm/errors";
import pg from "pg";
import { expect, test } from "vitest";
import { describeFault, textOfFault } from "./fault.ts";
import { Refusal } from "./refusal.ts";

const secret = "Ann O'Hara, 12 Peony Lane";

/** As the driver throws it: everything that PostgreSQL says of it. */
function databaseError() {
  const error = new pg.DatabaseError(`new row contains "${secret}"`, 0, "error");
  return Object.assign(error, {
    severity: "ERROR",
    code: "23514",
    detail: `Failing row contains (${secret}).`,
    where: `PL/pgSQL function with ${secret}`,
    hint: secret,
    internalQuery: `SELECT '${secret}'`,
    table: "customers",
    constraint: "customers_name",
    routine: "ExecConstraints",
  });
}

test("An error of the database is logged by its names, its statement and its place, without a value", () => {
  const statement = "insert into customers (name) values ($1)";
  const fault = describeFault(new DrizzleQueryError(statement, [secret], databaseError()));
  expect(fault).toMatchObject({
    statement,
    stack: expect.stringContaining("fault.test.ts"),
    cause: {
      code: "23514",
      condition: "constraint violated",
      table: "customers",
      constraint: "customers_name",
      routine: "ExecConstraints",
    },
  });
  expect(JSON.stringify(fault)).not.toContain("Peony");
});

test.each([
  ["JSON that cannot be read", () => JSON.parse(`${secret} {`)],
  ["a property of a text", () => Object.defineProperty(Object.freeze({}), secret, { value: 1 })],
  ["an argument of the wrong kind", () => Buffer.alloc(secret as unknown as number)],
  ["a library's own error", () => Promise.reject(Object.assign(new Error(secret), { code: "EENVELOPE" }))],
  ["a text that is thrown", () => Promise.reject(secret)],
  [
    "a stack that repeats the words",
    () => {
      const error = new SyntaxError(`${secret}\n    at ${secret}\n    at home`);
      throw new Error("It could not be read.", { cause: error });
    },
  ],
])("%s is logged without the words", async (_what, fail) => {
  let error: unknown;
  try {
    await fail();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeDefined();
  expect(JSON.stringify(describeFault(error)) + textOfFault(error)).not.toMatch(/Peony|O'Hara/);
});

test("A mistake of ours in the language is still named", () => {
  const nothing: { value: string } | undefined = JSON.parse("null");
  let error: unknown;
  try {
    error = (nothing as { value: string }).value;
  } catch (thrown) {
    error = thrown;
  }
  expect(describeFault(error).message).toBe("Cannot read properties of null");
});

test("Our own words, the system's, and where it was are kept", () => {
  const missing = Object.assign(new Error("ENOENT: no such file, open 'x'"), {
    code: "ENOENT",
    syscall: "open",
  });
  const error = new Error("The file is gone.", { cause: missing });
  expect(textOfFault(error)).toMatch(
    /^Error: The file is gone\.\n {4}at .*fault\.test\.ts.*\nCaused by Error: ENOENT: no such file, open 'x'\n {4}code: ENOENT/s,
  );
  expect(describeFault(new Refusal("unavailable")).message).toBe("unavailable");
});
