import { and, eq } from "drizzle-orm";
import { every, type Job } from "../../foundation/jobs/every.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { type EndedTest, endWithin } from "./end.ts";

type Over = { organisation_id: string; user_id: string; customer_id: string };

/**
 * Ends the tests whose time is over, or whose tester's session is. Several nodes may at once: whatever one has ended is
 * not there for the other.
 */
async function endLeftovers(storage: Storage, tell: (ended: EndedTest) => void): Promise<void> {
  for (const { organisation_id, user_id } of await storage.system<Over>("system_tests_over", [])) {
    const ended = await endOne(storage, organisation_id, user_id);
    if (ended) tell(ended);
  }
}

function endOne(storage: Storage, organisationId: string, userId: string): Promise<EndedTest | null> {
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [tester] = await transaction
      .select({ name: users.name })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    return endWithin(transaction, { organisationId, userId, name: tester?.name ?? "" });
  });
}

const pauseMilliseconds = 5_000;

/** Ends them now and every few seconds: whoever logs out leaves no chat behind. */
export function startEndingTests(dependencies: {
  storage: Storage;
  tell(ended: EndedTest): void;
  logFault(error: unknown): void;
}): Job {
  const { storage, tell, logFault } = dependencies;
  return every(pauseMilliseconds, () => endLeftovers(storage, tell), { logFault });
}
