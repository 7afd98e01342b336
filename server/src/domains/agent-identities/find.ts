import type { AgentIdentity } from "@grata/contract/agent-identities";
import { namedUsersLimit } from "@grata/contract/agent-identities";
import { and, eq, sql } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { agentIdentities, userIdentities } from "../../foundation/schema/agent-identities.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { presentIdentity } from "./present.ts";

export type StoredIdentity = typeof agentIdentities.$inferSelect;

export const byId = (organisationId: string, id: string) =>
  and(eq(agentIdentities.organisationId, organisationId), eq(agentIdentities.id, id));

const uses = sql`${userIdentities} used
  JOIN ${users} u ON (u.organisation_id, u.id) = (used.organisation_id, used.user_id)
  WHERE (used.organisation_id, used.identity_id) = (${agentIdentities.organisationId}, ${agentIdentities.id})`;

/** Everything that is shown of an identity. */
export const shownIdentity = {
  id: agentIdentities.id,
  world: agentIdentities.world,
  names: agentIdentities.names,
  avatar: agentIdentities.avatar,
  owner: sql<AgentIdentity["owner"]>`(
    SELECT json_build_object('id', u.id, 'name', u.name) FROM ${users} u
    WHERE (u.organisation_id, u.id) = (agent_identities.organisation_id, agent_identities.owner_id))`,
  users: sql<AgentIdentity["users"]>`(
    SELECT COALESCE(json_agg(json_build_object('id', one.id, 'name', one.name)), '[]')
    FROM (SELECT u.id, u.name FROM ${uses} ORDER BY lower(u.name), u.id LIMIT ${sql.raw(String(namedUsersLimit))}) one)`,
  userCount: sql<number>`(SELECT count(*) FROM ${uses})`.mapWith(Number),
};

/** Locks an identity until the transaction ends. Throws `agent_identity_unknown`. */
export async function lockIdentity(
  transaction: Transaction,
  organisationId: string,
  id: string,
): Promise<StoredIdentity> {
  const [row] = await transaction
    .select()
    .from(agentIdentities)
    .where(byId(organisationId, id))
    .for("update");
  if (!row) throw new Refusal("agent_identity_unknown");
  return row;
}

/** An identity as the transaction at hand has made it. */
export async function readIdentity(
  transaction: Transaction,
  organisationId: string,
  id: string,
): Promise<AgentIdentity> {
  const [row] = await transaction.select(shownIdentity).from(agentIdentities).where(byId(organisationId, id));
  if (!row) throw new Refusal("agent_identity_unknown");
  return presentIdentity(row);
}

/** Throws `user_unknown` where an identity shall be somebody's own who is not of the organisation. */
export async function requireOwner(
  transaction: Transaction,
  organisationId: string,
  ownerId: string | null,
): Promise<void> {
  if (ownerId === null) return;
  const [owner] = await transaction
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.id, ownerId)));
  if (!owner) throw new Refusal("user_unknown", { fields: { ownerId: "user_unknown" } });
}
