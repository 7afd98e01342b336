import type { ConsoleTest } from "@grata/contract/console-test";
import { and, desc, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { consoleTests } from "../../foundation/schema/console-tests.ts";
import { conversations, readMarks } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** The asker's own test as it stands, or null: its newest chat, and how far the test's window has read it. */
export function readTest(storage: Storage, asker: Asker): Promise<ConsoleTest | null> {
  const { organisationId, userId } = requireUser(asker, "consoleTest.run");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [row] = await transaction
      .select({
        channelId: customers.channelId,
        endsAt: consoleTests.endsAt,
        id: conversations.id,
        status: conversations.status,
        read: readMarks.seq,
      })
      .from(consoleTests)
      .innerJoin(
        customers,
        and(
          eq(customers.organisationId, consoleTests.organisationId),
          eq(customers.id, consoleTests.customerId),
        ),
      )
      .leftJoin(
        conversations,
        and(
          eq(conversations.organisationId, consoleTests.organisationId),
          eq(conversations.customerId, consoleTests.customerId),
        ),
      )
      .leftJoin(
        readMarks,
        and(
          eq(readMarks.organisationId, conversations.organisationId),
          eq(readMarks.conversationId, conversations.id),
          eq(readMarks.readerId, consoleTests.customerId),
        ),
      )
      .where(and(eq(consoleTests.organisationId, organisationId), eq(consoleTests.userId, userId)))
      .orderBy(desc(conversations.openedAt))
      .limit(1);
    if (!row) return null;
    const { channelId, endsAt, id, status, read } = row;
    return {
      channelId,
      endsAt: endsAt.getTime(),
      conversation: id !== null && status !== null ? { id, status, readByCustomer: read ?? 0 } : null,
    };
  });
}
