import { sql } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { rolesWith } from "../../foundation/access/roles.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { readPresentOf } from "../accounts/connected-sessions.ts";
import { findConversation } from "./find.ts";
import { mayServe } from "./receiver.ts";

type Target = { id: string; name: string; chats: number; sees: boolean };
type Targets = { users: Target[]; groups: { id: string; name: string; present: number }[] };

/** Lists the colleagues and groups that the user can hand a chat of theirs to. */
export function listTargets(
  storage: Storage,
  principal: Principal,
  { conversationId }: { conversationId: string },
): Promise<Targets> {
  const user = requireUser(principal, "current.list");
  const { organisationId, userId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const chat = await findConversation(transaction, organisationId, conversationId);
    requireAccess(user, "conversation.transfer", chat);
    const colleagues = await readColleagues(transaction, organisationId);
    const others = colleagues.filter(({ id }) => id !== userId);
    return {
      users: others.map(({ id, name, chats, role, queues }) => {
        return { id, name, chats, sees: mayServe({ userId: id, role, queues }, chat) };
      }),
      groups: await readGroups(transaction, organisationId),
    };
  });
}

type Colleague = Pick<User, "name" | "role" | "queues"> & { id: string; chats: number };

async function readColleagues(transaction: Transaction, organisationId: string): Promise<Colleague[]> {
  const { rows } = await transaction.execute<Colleague>(sql`
    SELECT u.id, u.name, u.role,
      grata_groups_of(u.organisation_id, u.id,
        u.role = ANY (${sql.param(rolesWith("conversations.readAll"))}::text[])) AS queues,
      (SELECT count(*)::integer FROM conversations c
        WHERE (c.organisation_id, c.claimed_by) = (u.organisation_id, u.id) AND c.status = 'claimed') AS chats
    FROM users u WHERE u.organisation_id = ${organisationId} AND u.status = 'active'
    ORDER BY lower(u.name), u.id LIMIT 2000`);
  return rows;
}

async function readGroups(transaction: Transaction, organisationId: string): Promise<Targets["groups"]> {
  const { rows } = await transaction.execute<{ id: string; name: string; members: string[] }>(sql`
    SELECT g.id, g.name, ARRAY(
      SELECT m.user_id FROM user_group_members m
      WHERE (m.organisation_id, m.group_id) = (g.organisation_id, g.id)) AS members
    FROM user_groups g WHERE g.organisation_id = ${organisationId} ORDER BY lower(g.name), g.id`);
  const present = await readPresentOf(transaction, organisationId);
  return rows.map(({ id, name, members }) => {
    return { id, name, present: members.filter((member) => present.has(member)).length };
  });
}
