import { createTurns, type TakeTurn } from "../../foundation/jobs/turns.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";

/** More than a browser has under way at once, by several times. */
const waitingAtMost = 30;

/** Runs a task of somebody's when none of their others is running. */
export type OwnTurns = <Result>(owner: string, task: () => Promise<Result>) => Promise<Result>;

/** One task at a time for each owner, so that nobody fills the line in which everybody's pictures and voices wait. */
export function createOwnTurns(): OwnTurns {
  const owners = new Map<string, { takeTurn: TakeTurn; tasks: number }>();
  const refusal = () => new Refusal("too_many_requests");
  return async (owner, task) => {
    const own = owners.get(owner) ?? {
      takeTurn: createTurns({ atOnce: 1, waitingAtMost, refusal }),
      tasks: 0,
    };
    owners.set(owner, own);
    own.tasks++;
    try {
      return await own.takeTurn(task);
    } finally {
      own.tasks--;
      if (own.tasks === 0) owners.delete(owner);
    }
  };
}
