import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { authenticators } from "../schema/factors.ts";
import { pushKeys } from "../schema/pushes.ts";
import { webchatSettings } from "../schema/webchat.ts";
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

const webchat = {
  table: webchatSettings,
  organisationId: webchatSettings.organisationId,
  rowId: webchatSettings.channelId,
  // A secret that is replaced moves from one column to the other as it is.
  purpose: "webchat.identity",
} as const;

/** Every column of secrets at rest, by the name that the database's `system_secrets` gives it. */
export const secretColumns: Record<string, SecretColumn> = {
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
  "webchat_settings.secret": { ...webchat, secret: webchatSettings.secret, field: "secret" },
  "webchat_settings.former_secret": {
    ...webchat,
    secret: webchatSettings.formerSecret,
    field: "formerSecret",
  },
};
