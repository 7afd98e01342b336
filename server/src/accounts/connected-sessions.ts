import { and, eq, gt, sql } from "drizzle-orm";
import type { Storage, Transaction } from "../storage/storage.ts";
import { connectedSessions } from "./tables.ts";

/** How often a node notes the sessions that stay connected to it. */
export const notedEverySeconds = 10;
/** A session not noted for so long was on a node that is no more. */
const forgottenAfterSeconds = 25;

/** Notes which sessions have a socket on this node, and which just lost their last one, in one statement. */
export async function noteConnected(
  storage: Storage,
  organisationIds: string[],
  present: string[],
  gone: string[],
): Promise<void> {
  await storage.system("system_note_connected", [organisationIds, present, gone]);
}

/** Whether anybody of the team has the console open, on whichever node. */
export async function isStaffed(transaction: Transaction, organisationId: string): Promise<boolean> {
  const [row] = await transaction
    .select({ id: connectedSessions.sessionId })
    .from(connectedSessions)
    .where(
      and(
        eq(connectedSessions.organisationId, organisationId),
        gt(connectedSessions.notedAt, sql`now() - make_interval(secs => ${forgottenAfterSeconds})`),
      ),
    )
    .limit(1);
  return row !== undefined;
}
