import { expect, test } from "vitest";
import { makeUser } from "../../../testing/scenes/people.ts";
import { runCommand } from "../../../testing/servers/command.ts";
import { startEmbeddedProgram } from "../../../testing/servers/embedded-program.ts";

test("A6: a link has the address of the running server, and a program of another version keeps off its database", async () => {
  const grata = await startEmbeddedProgram();
  const { email } = await makeUser(grata, grata.place.organisationId);
  const command = (...argv: string[]) =>
    runCommand({ databaseUrl: "" }, argv, { GRATA_DATA: grata.dataFolder, PORT: "3999" });
  expect((await command("recovery-link", email)).stdout).toContain(
    `  ${grata.program().url()}/recover/password#`,
  );

  const sql = await grata.openSql();
  const { rows } = await sql.query(
    "DELETE FROM drizzle.__drizzle_migrations WHERE id = (SELECT max(id) FROM drizzle.__drizzle_migrations) RETURNING *",
  );
  expect(await command("unlock", email)).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "The running Grata is older than this command: use the command of its version, or restart it with this one.\n",
  });
  const put = "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ($1, $2)";
  await sql.query(put, [rows[0].hash, rows[0].created_at]);
  await sql.query(put, ["later", Date.now()]);
  expect((await command("unlock", email)).stderr).toMatch(
    /^A newer Grata has changed this database [^\n]+\n$/,
  );
  await sql.end();
});
