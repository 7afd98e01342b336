import { type ConversationsPage, conversationsPageLength } from "@grata/contract/customers";
import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { reasonAgainst, requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { toChannel, toServingUser } from "../conversations/joins.ts";
import { presentSource } from "../conversations/present.ts";
import { servers } from "../conversations/served-now.ts";
import { findPerson } from "../customers/person.ts";
import { subjectsOf } from "../customers/subjects.ts";

/** The chats of a customer, newest first: of each page those that the asker may read. */
export function listConversations(
  storage: Storage,
  asker: Asker,
  customerId: string,
  { cursor }: { cursor?: string | undefined },
): Promise<ConversationsPage> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const person = await findPerson(transaction, user, "customer.read", customerId);
    const servedNow = servers(await subjectsOf(transaction, person));
    const ids = person.members.map(({ id }) => id);
    const rows = await transaction
      .select({ conversation: conversations, channel: channels, servedBy: users.name })
      .from(conversations)
      .innerJoin(channels, toChannel)
      .leftJoin(users, toServingUser)
      .where(
        and(
          eq(conversations.organisationId, organisationId),
          inArray(conversations.customerId, ids),
          // The ids are time-ordered.
          cursor ? lt(conversations.id, cursor) : undefined,
        ),
      )
      .orderBy(desc(conversations.id))
      .limit(conversationsPageLength + 1);
    const page = rows.slice(0, conversationsPageLength);
    const readable = page.filter(
      ({ conversation }) => reasonAgainst(user, "conversation.read", { ...conversation, servedNow }) === null,
    );
    return {
      conversations: readable.map(({ conversation, channel, servedBy }) => ({
        id: conversation.id,
        customerId: conversation.customerId,
        status: conversation.status,
        channel: { kind: channel.kind, name: channel.name },
        openedAt: conversation.openedAt.getTime(),
        closedAt: conversation.closedAt?.getTime() ?? null,
        servedBy,
        firstText: conversation.firstText,
        erased: conversation.erasedAt !== null,
        source: presentSource(conversation),
        userAgent: conversation.userAgent,
      })),
      next: rows.length > page.length ? (page.at(-1)?.conversation.id ?? null) : null,
    };
  });
}
