import type { TargetName } from "../driver/commands.ts";
import type { Driver } from "../driver/control.ts";
import type { Plan } from "../plan.ts";
import type { Child } from "../system/child.ts";
import type { Database } from "../world/database.ts";

/** Everything that the measurements need, once it runs. */
export type Stage = {
  plan: Plan;
  driver: Driver;
  database: Database;
  /** The two servers that are measured. */
  servers: Record<TargetName, Child>;
  /** The process id of the PostgreSQL of both. */
  postmaster: number;
  pairs: number;
  inFlight: number;
};

export const both = ["grata", "reference"] as const satisfies TargetName[];

/** Says on the error output what is going on; the figures alone go to the standard output. */
export function say(sentence: string): void {
  console.error(sentence);
}
