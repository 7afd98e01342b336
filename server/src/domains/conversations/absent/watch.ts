import { every, type Job, unlessRefusal } from "../../../foundation/jobs/every.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { forgottenAfterSeconds } from "../../accounts/connected-sessions.ts";
import type { Publish } from "../changes.ts";
import { putBackUnanswered } from "./put-back.ts";

const beatMilliseconds = 1_000;
/** Agents of one look; the next one follows a second later. */
const mostAtOnce = 50;

type Gone = { organisation_id: string; user_id: string };

/**
 * Once a second notes which agents with chats are gone, and puts the chats of those who are gone for too long back on
 * the wait list, as far as their customers wait for a reply. All that it knows stands in the database: several nodes
 * may do it side by side, and each may be killed at any line.
 */
export function startWatchingAbsences(dependencies: {
  storage: Storage;
  publish: Publish;
  logFault(error: unknown): void;
}): Job {
  const { storage, publish, logFault } = dependencies;

  async function look(): Promise<void> {
    const gone = await storage.system<Gone>("system_note_absences", [forgottenAfterSeconds, mostAtOnce]);
    for (const { organisation_id: organisationId, user_id: userId } of gone) {
      // One that fails must not keep the others back.
      await putBackUnanswered(storage, { organisationId, userId }).then(
        ({ changes }) => publish(changes),
        unlessRefusal(logFault),
      );
    }
  }

  return every(beatMilliseconds, look, { logFault, firstAfterPause: true });
}
