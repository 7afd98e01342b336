import {
  type AbsentChatsPage,
  type AbsentChatsQuery,
  absentChatsPageLength,
} from "@grata/contract/absent-chats";
import { and, asc, count, eq, isNotNull, sql } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { absences, users } from "../../../foundation/schema/accounts.ts";
import { channels } from "../../../foundation/schema/channels.ts";
import { conversations } from "../../../foundation/schema/conversations.ts";
import { customers } from "../../../foundation/schema/customers.ts";
import { beyondCursor, cursorAfter } from "../../../foundation/storage/page-cursor.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { isIdentified } from "../../customers/identities.ts";
import { survivors, toSurvivor } from "../../customers/shown.ts";
import { toChannel, toCustomer, toServingUser } from "../joins.ts";
import { presentAbsentChat } from "../present.ts";

const toAbsence = and(
  eq(absences.organisationId, conversations.organisationId),
  eq(absences.userId, conversations.claimedBy),
);

/** Orders by how long the agent has been gone, and keeps the chats of each together. */
const key = sql<string>`to_char(${absences.since} AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || ${absences.userId}`;

/** A page of the chats whose agents are gone, with how many there are. */
export function listAbsentChats(
  storage: Storage,
  asker: Asker,
  { cursor }: AbsentChatsQuery,
): Promise<AbsentChatsPage> {
  const { organisationId } = requireUser(asker, "absentChats.manage");
  const ofAbsent = and(
    eq(conversations.organisationId, organisationId),
    eq(conversations.status, "claimed"),
    eq(conversations.isTest, false),
    isNotNull(absences.since),
  );
  return storage.inOrganisation(organisationId, async (transaction) => {
    const rows = await transaction
      .select({
        conversation: conversations,
        customer: customers,
        identified: isIdentified,
        survivor: survivors,
        channel: channels,
        agent: { id: users.id, name: users.name },
        goneSince: absences.since,
        key,
      })
      .from(conversations)
      .innerJoin(absences, toAbsence)
      .innerJoin(users, toServingUser)
      .innerJoin(customers, toCustomer)
      .leftJoin(survivors, toSurvivor)
      .innerJoin(channels, toChannel)
      .where(and(ofAbsent, beyondCursor(cursor, key, conversations.id, false)))
      .orderBy(asc(key), asc(conversations.id))
      .limit(absentChatsPageLength + 1);
    const page = rows.slice(0, absentChatsPageLength);
    const last = rows.length > absentChatsPageLength ? page.at(-1) : undefined;
    const [all] = await transaction
      .select({ total: count() })
      .from(conversations)
      .innerJoin(absences, toAbsence)
      .where(ofAbsent);
    return {
      chats: page.map(presentAbsentChat),
      total: all?.total ?? 0,
      next: last ? cursorAfter(last.key, last.conversation.id) : null,
    };
  });
}
