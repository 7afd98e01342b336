import type { Cluster } from "./cluster.ts";
import { StartupProblem } from "./startup-problem.ts";

/** The problem for an operator who starts a second Grata on a folder. */
export function takenProblem({ dataFolder }: Cluster, by: string): StartupProblem {
  return new StartupProblem(
    `Another Grata (${by}) is running on the data folder ${dataFolder}: stop it first, or choose another folder with GRATA_DATA.`,
  );
}

/** Tells an operator whose killed Grata has left a PostgreSQL that cannot be reached from here what to do. */
export function elsewhereProblem({ dataFolder }: Cluster, by: string): StartupProblem {
  return new StartupProblem(
    `The PostgreSQL of another Grata (${by}) is still running on the data folder ${dataFolder}: end its container or its processes first, or choose another folder with GRATA_DATA.`,
  );
}
