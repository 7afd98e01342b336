import pg from "pg";
import { StartupProblem } from "../configuration/startup-problem.ts";
import { databaseErrorCode } from "./database-errors.ts";
import { type Migration, readMigrations } from "./migrations/files.ts";
import { takeMigrationLock } from "./migrations/lock.ts";
import { type RunOptions, runMigrations } from "./migrations/run.ts";
import { refuseNewerSchema } from "./schema-version.ts";

const oldestVersion = 15;
const roles = ["grata_application", "grata_system"] as const;
/** A piece of a migration that finds others in its way for this long gives up, and leaves nothing half done. */
const patienceMilliseconds = 5 * 60_000;

type Options = Partial<Omit<RunOptions, "connection">> & { migrations?: Migration[] };

/**
 * Brings the database to this program's schema: checks its age, makes the two roles, migrates under a lock (two nodes
 * may start at once) unless a newer program did, and proves that the role of every connection is confined. Throws StartupProblem.
 */
export async function prepareDatabase(connection: pg.ClientConfig, options: Options = {}): Promise<void> {
  const { migrations = readMigrations(), say = () => undefined } = options;
  const client = new pg.Client({
    ...connection,
    application_name: "grata migrations",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartupProblem(connectionProblem(error));
  }
  try {
    await checkVersion(client);
    await takeMigrationLock(client, say);
    await refuseNewerSchema(client, migrations);
    await ensureRoles(client);
    await migrateTables(client, migrations, { connection, say, patienceMilliseconds, ...options });
    await checkConfinement(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function connectionProblem(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  switch (databaseErrorCode(error)) {
    case "28P01":
    case "28000":
      return "PostgreSQL refused the user name or password in DATABASE_URL; correct them.";
    case "3D000":
      return "The database named in DATABASE_URL does not exist; create it or correct the name.";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "The host in DATABASE_URL cannot be found; correct its name.";
    default:
      return `PostgreSQL cannot be reached at the address in DATABASE_URL (${reason}); check that it runs and that host and port are right.`;
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const result = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const problem = versionProblem(result.rows[0]?.version ?? 0);
  if (problem !== null) throw new StartupProblem(problem);
}

/** What is wrong with a server of this `server_version_num`, or null. */
export function versionProblem(version: number): string | null {
  const major = Math.floor(version / 10_000);
  return major < oldestVersion
    ? `This PostgreSQL is version ${major}; Grata needs version ${oldestVersion} or newer.`
    : null;
}

async function ensureRoles(client: pg.Client): Promise<void> {
  const absent: string[] = [];
  for (const role of roles) {
    const present = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (present.rowCount === 0) absent.push(role);
  }
  try {
    for (const role of absent) await client.query(`CREATE ROLE ${role} NOLOGIN`);
    for (const role of roles) {
      if (!(await mayBecome(client, role))) await client.query(`GRANT ${role} TO CURRENT_USER`);
      await client.query(`SET ROLE ${role}`);
      await client.query("RESET ROLE");
    }
  } catch (error) {
    if (databaseErrorCode(error) !== "42501") throw error;
    const recipe = [
      ...absent.map((role) => `CREATE ROLE ${role} NOLOGIN;`),
      `GRANT ${roles.join(", ")} TO "${client.user}";`,
    ].join(" ");
    throw new StartupProblem(
      `The user in DATABASE_URL may not make or take the roles that confine Grata; let an administrator of the database run once: ${recipe}`,
    );
  }
}

/** From version 16 on whoever makes a role is a member of it, but may not become it without a grant. */
async function mayBecome(client: pg.Client, role: string): Promise<boolean> {
  const result = await client.query<{ able: boolean }>(
    `SELECT pg_has_role(current_user, $1,
       CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS able`,
    [role],
  );
  return result.rows[0]?.able ?? false;
}

async function migrateTables(client: pg.Client, migrations: Migration[], options: RunOptions): Promise<void> {
  try {
    await runMigrations(client, migrations, options);
  } catch (error) {
    if (databaseErrorCode(error) !== "42501") throw error;
    throw new StartupProblem(
      `The user in DATABASE_URL may not make tables in this database; let an administrator run once: ALTER DATABASE "${client.database}" OWNER TO "${client.user}";`,
    );
  }
}

/** Row security means nothing to a superuser, to BYPASSRLS, or to an owner of the tables who is not forced. */
async function checkConfinement(client: pg.Client): Promise<void> {
  await client.query("SET ROLE grata_application");
  const role = await client.query<{ free: boolean }>(
    `SELECT r.rolsuper OR r.rolbypassrls OR r.rolcanlogin OR r.rolcreaterole
       OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS free
     FROM pg_roles r WHERE r.rolname = current_user`,
  );
  const owned = await client.query(
    `SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND pg_has_role(current_user, c.relowner, 'MEMBER')`,
  );
  await client.query("RESET ROLE");
  if (role.rows[0]?.free !== false || owned.rowCount !== 0) {
    throw new StartupProblem(
      "The role grata_application cannot be confined: it may log in, bypasses row security, belongs to another role or owns tables; take those rights from it.",
    );
  }
}
