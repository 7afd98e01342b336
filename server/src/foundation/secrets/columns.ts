import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { authenticators } from "../schema/factors.ts";
import { pushKeys } from "../schema/pushes.ts";
import type { SecretPurpose } from "./seal.ts";

/** A column of secrets: where it lies, by the name under which `system_secrets_outside` lists its rows. */
export type SecretColumn = {
  table: PgTable;
  organisationId: PgColumn;
  rowId: PgColumn;
  secret: PgColumn;
  /** The name of the column in the table's own terms. */
  field: string;
  purpose: SecretPurpose;
};

/**
 * Columns of secrets at rest, by `table.column`. In the database each is marked by `grata_seal`, so that the system
 * functions find it.
 */
export type SecretColumns = Readonly<Record<string, SecretColumn>>;

/** Those that no channel brings. */
export const ownSecretColumns: SecretColumns = {
  "authenticators.secret": {
    table: authenticators,
    organisationId: authenticators.organisationId,
    rowId: authenticators.userId,
    secret: authenticators.secret,
    field: "secret",
    purpose: "authenticator",
  },
  "push_keys.private_key": {
    table: pushKeys,
    organisationId: pushKeys.organisationId,
    rowId: pushKeys.organisationId,
    secret: pushKeys.privateKey,
    field: "privateKey",
    purpose: "push",
  },
};
