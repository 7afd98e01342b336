import { and, eq, ne } from "drizzle-orm";
import type { Change } from "../../domains/conversations/changes.ts";
import { closeChats } from "../../domains/conversations/close-chats.ts";
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
  const open = await transaction
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        eq(conversations.customerId, customerId),
        ne(conversations.status, "closed"),
      ),
    )
    .for("no key update");
  const changes = await closeChats(transaction, organisationId, open, { kind: "user", userId, name });
  return { customerId, changes };
}
