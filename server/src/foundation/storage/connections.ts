import pg from "pg";
import { StartupProblem } from "../configuration/startup-problem.ts";

/** One for the writer of messages and one that holds the lock of this node. */
export const besidesThePool = 2;

/** A limit on connections, and how many of them others use. Null: there is none. */
type Limits = Record<"role" | "database" | "server", number | null> & {
  user: string;
  name: string;
  role_used: number;
  database_used: number;
  server_used: number;
};

/** Limits of roles and databases do not bind superusers, and some of the server's places are kept for them. */
const limitsQuery = `
  SELECT current_user AS user, current_database() AS name,
    CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper THEN r.rolconnlimit END AS role,
    CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper THEN d.datconnlimit END AS database,
    current_setting('max_connections')::int - CASE WHEN r.rolsuper THEN 0 ELSE
      current_setting('superuser_reserved_connections')::int +
      COALESCE(current_setting('reserved_connections', true), '0')::int END AS server,
    (SELECT count(*) FROM pg_stat_activity a WHERE a.usesysid = r.oid AND a.pid <> pg_backend_pid())::int
      AS role_used,
    (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid AND a.pid <> pg_backend_pid())::int
      AS database_used,
    (SELECT count(*) FROM pg_stat_activity a WHERE a.datid IS NOT NULL AND a.pid <> pg_backend_pid())::int
      AS server_used
  FROM pg_roles r, pg_database d
  WHERE r.rolname = current_user AND d.datname = current_database()`;

/**
 * Makes sure that the database gives a node as many connections as it may open: with fewer it would come up, and fail
 * when it is busiest. Throws StartupProblem when it never can, warns when others use too many of them now.
 */
export async function checkConnections(
  connection: pg.ClientConfig,
  needed: number,
  warn: (sentence: string) => void,
): Promise<void> {
  const limits = await readLimits(connection);
  if (!limits) return;
  const places = [
    [
      limits.role,
      limits.role_used,
      `the user "${limits.user}"`,
      `ALTER ROLE "${limits.user}" CONNECTION LIMIT`,
    ],
    [
      limits.database,
      limits.database_used,
      `the database "${limits.name}"`,
      `ALTER DATABASE "${limits.name}" CONNECTION LIMIT`,
    ],
    [limits.server, limits.server_used, "this PostgreSQL", "max_connections"],
  ] as const;
  for (const [limit, used, whose, setting] of places) {
    if (limit === null) continue;
    const mend = `raise it (${setting}) or lower DATABASE_CONNECTIONS`;
    if (limit < needed) {
      throw new StartupProblem(
        `A node opens up to ${needed} connections to the database, and ${whose} may have ${limit}; ${mend}.`,
      );
    }
    if (limit - used < needed) {
      warn(
        `A node opens up to ${needed} connections to the database, and of the ${limit} that ${whose} may have ${used} are in use; ${mend}.`,
      );
    }
  }
}

async function readLimits(connection: pg.ClientConfig): Promise<Limits | undefined> {
  const client = new pg.Client({
    ...connection,
    application_name: "grata start",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Limits>(limitsQuery)).rows[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}
