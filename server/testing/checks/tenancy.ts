import type pg from "pg";
import { systemFunctions, unconfinedTables } from "../../src/foundation/storage/system-functions.ts";

/** What the one policy of every tenant table says, as the database writes it back. */
const confined = "(organisation_id = ANY (( SELECT grata_organisations() AS grata_organisations)::uuid[]))";

/** Unique keys that do not lead with the organisation, with the reason. */
const keysAcrossOrganisations: Record<string, string> = {
  users_email: "An address belongs to one user in the whole installation: sign-in begins with it.",
  organisations_slug: "The address of an own sign-in page names the organisation.",
  own_hosts_verified: "A host name belongs to the one organisation that proved it.",
  sessions_token: "A cookie names a session without naming the organisation.",
  pending_sign_ins_token:
    "A cookie names a sign-in that owes its second step without naming the organisation.",
  passkeys_credential: "A passkey that signs in alone names itself without naming the organisation.",
  link_tokens_token: "A mailed link names an account without naming the organisation.",
  channels_id: "A snippet names a channel without naming the organisation.",
  visitor_tokens_token: "A visitor's token names the customer without naming the organisation.",
};

/** Tables whose rows nothing ties to an organisation that exists, with the reason. */
const untied: Record<string, string> = {
  unindexed_entries: "A trigger of the entries writes it, which are tied; it is on the way of every message.",
  search_postings: "The indexer writes it, thirty rows a message, while it holds the organisation's counter.",
};

const ours = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";
const everyRight = "'SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER'";

/** One sentence for everything in this database by which one organisation could reach another's rows. */
export async function findLeaks(client: pg.ClientBase): Promise<string[]> {
  const found: string[] = [];
  for (const look of [roles, relations, policies, privileges, keys, foreignKeys, definerFunctions]) {
    found.push(...(await look(client)));
  }
  return found;
}

async function roles(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles r WHERE rolname IN ('grata_application', 'grata_system')
       AND NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole
       AND NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)`,
  );
  return rows.length === 2 ? [] : ["The two roles are not what they should be."];
}

/** Tables that are not confined, but for the listed ones, and other relations that would go around the policies. */
async function relations(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; kind: string; safe: boolean; tenant: boolean }>(
    `SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
       c.relkind AS kind,
       CASE WHEN c.relkind IN ('r', 'p') THEN c.relrowsecurity AND c.relforcerowsecurity
         AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
         ELSE c.relkind = 'v' AND COALESCE('security_invoker=true' = ANY (c.reloptions), false) END AS safe,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organisation_id'
         AND a.attnotnull AND a.atttypid = 'uuid'::regtype) AS tenant
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours}
       AND (n.nspname = 'public' OR has_schema_privilege('grata_application', n.oid, 'USAGE')
         AND has_table_privilege('grata_application', c.oid, ${everyRight}))`,
  );
  const free = rows.filter((row) => !row.safe).map((row) => row.name);
  const listed = Object.keys(unconfinedTables);
  return [
    ...free.filter((name) => !listed.includes(name)).map((name) => `${name} is not confined.`),
    ...listed
      .filter((name) => !free.includes(name))
      .map((name) => `${name} is listed as not confined, and is not a table without a policy.`),
    ...rows
      .filter((row) => row.kind !== "v" && !row.tenant && !listed.includes(row.name))
      .map((row) => `${row.name} has no organisation_id.`),
  ];
}

/** Policies add up: a second one would open what the first one closes. */
async function policies(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `SELECT p.polrelid::regclass::text AS table, p.polname AS name FROM pg_policy p
     WHERE p.polroles <> ARRAY['grata_system'::regrole::oid]
       AND NOT (p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
         AND pg_get_expr(p.polqual, p.polrelid) = $1
         AND COALESCE(pg_get_expr(p.polwithcheck, p.polrelid), $1) = $1)`,
    [confined],
  );
  return rows.map((row) => `The policy ${row.name} of ${row.table} is another one than that of the tenants.`);
}

/** TRUNCATE, foreign keys and triggers do not ask the policies. */
async function privileges(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT c.oid::regclass::text AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND ${ours}
       AND has_table_privilege('grata_application', c.oid, 'TRUNCATE,REFERENCES,TRIGGER')`,
  );
  return rows.map((row) => `The application may go around the policies of ${row.table}.`);
}

async function keys(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; table: string; leads: boolean }>(
    `SELECT i.indexrelid::regclass::text AS name, c.relname AS table,
       COALESCE((SELECT a.attname = 'organisation_id' FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0]), false) AS leads
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace`,
  );
  const across = rows.filter((row) => !row.leads && !Object.hasOwn(unconfinedTables, row.table));
  const listed = Object.keys(keysAcrossOrganisations);
  return [
    ...across
      .filter((row) => !listed.includes(row.name))
      .map((row) => `The key ${row.name} does not lead with the organisation.`),
    ...listed
      .filter((name) => !across.some((row) => row.name === name))
      .map((name) => `The key ${name} is listed and does not exist.`),
  ];
}

/** A foreign key's own look-up sees every row, so the organisation must be a part of it. */
async function foreignKeys(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT f.conrelid::regclass || '.' || f.conname AS name FROM pg_constraint f
     WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
       AND NOT (
         (cardinality(f.conkey) > 1 OR f.confrelid = 'organisations'::regclass)
         AND EXISTS (
           SELECT FROM unnest(f.conkey, f.confkey) AS pair (here, there)
           JOIN pg_attribute a ON (a.attrelid, a.attnum) = (f.conrelid, pair.here)
           JOIN pg_attribute b ON (b.attrelid, b.attnum) = (f.confrelid, pair.there)
           WHERE a.attname = 'organisation_id' AND b.attname = 'organisation_id'))`,
  );
  const loose = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
       AND c.relname <> 'organisations' AND NOT c.relname = ANY ($1)
       AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid)`,
    [[...Object.keys(unconfinedTables), ...Object.keys(untied)]],
  );
  return [
    ...rows.map((row) => `The foreign key ${row.name} does not contain the organisation.`),
    ...loose.rows.map((row) => `Nothing ties the rows of ${row.name} to an organisation that exists.`),
  ];
}

async function definerFunctions(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; pinned: boolean; guarded: boolean }>(
    `SELECT p.proname AS name,
       COALESCE('search_path=public, pg_temp' = ANY (p.proconfig), false) AS pinned,
       p.proowner = 'grata_system'::regrole AND NOT has_function_privilege('public', p.oid, 'EXECUTE') AS guarded
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND ${ours}`,
  );
  const listed = Object.keys(systemFunctions);
  const present = rows.map((row) => row.name);
  return [
    ...present.filter((name) => !listed.includes(name)).map((name) => `The function ${name} is not listed.`),
    ...listed
      .filter((name) => !present.includes(name))
      .map((name) => `The function ${name} is listed and does not exist.`),
    ...rows.filter((row) => !row.pinned).map((row) => `The function ${row.name} has no fixed search_path.`),
    ...rows
      .filter((row) => !row.guarded)
      .map((row) => `The function ${row.name} is open to others, or owned by another role.`),
  ];
}
