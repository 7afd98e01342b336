import { and, eq, ne, sql } from "drizzle-orm";
import type { Change } from "../../domains/conversations/changes.ts";
import { advanceLists, currentList, listKey } from "../../domains/conversations/list-versions.ts";
import { entriesChange, insertEntry, nextEntry } from "../../domains/conversations/log-entry.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { consoleTests } from "../../foundation/schema/console-tests.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { visitorTokens } from "../../foundation/schema/webchat.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

/** A test that is over: what is to be told of it, and whose sockets are to be ended. */
export type EndedTest = { customerId: string; changes: Change[] };

type Tester = { organisationId: string; userId: string; name: string };

/** Ends the asker's own test, if there is one. */
export function endTest(storage: Storage, asker: Asker): Promise<EndedTest | null> {
  const user = requireUser(asker, "consoleTest.run");
  return storage.inOrganisation(user.organisationId, (transaction) => endWithin(transaction, user));
}

/**
 * The same in a transaction that has locked no chat and no list yet: the token of the test's window ends, and its chat
 * is closed, waiting or claimed.
 */
export async function endWithin(transaction: Transaction, tester: Tester): Promise<EndedTest | null> {
  const { organisationId, userId, name } = tester;
  const [test] = await transaction
    .delete(consoleTests)
    .where(and(eq(consoleTests.organisationId, organisationId), eq(consoleTests.userId, userId)))
    .returning({ customerId: consoleTests.customerId });
  if (!test) return null;
  const { customerId } = test;
  await transaction
    .delete(visitorTokens)
    .where(and(eq(visitorTokens.organisationId, organisationId), eq(visitorTokens.customerId, customerId)));
  const [closed] = await transaction
    .update(conversations)
    .set({
      status: "closed",
      closedAt: sql`statement_timestamp()`,
      head: sql`${conversations.head} + 1`,
      unansweredSince: null,
    })
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        eq(conversations.customerId, customerId),
        ne(conversations.status, "closed"),
      ),
    )
    .returning();
  if (!closed) return { customerId, changes: [] };
  const before = { head: closed.head - 1 };
  const entry = nextEntry(
    before,
    { kind: "closed" },
    { kind: "user", userId, name },
    closed.closedAt ?? new Date(),
  );
  await insertEntry(transaction, closed, entry);
  const list = currentList(userId);
  const versions = await advanceLists(transaction, [{ organisationId, list, growth: -1 }]);
  const version = versions.get(listKey(organisationId, list))?.version ?? 0;
  return {
    customerId,
    changes: [
      { kind: "current", organisationId, userId, version, changed: [], removed: [closed.id] },
      entriesChange(closed, [entry]),
    ],
  };
}
