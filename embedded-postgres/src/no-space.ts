import { StartupProblem } from "./startup-problem.ts";

/** Matches how the system, Node and PostgreSQL say that a disk is full. */
const full = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;

/** Makes the sentence for an operator whose disk is full; undefined for any other complaint. */
export function noSpaceProblem(folder: string, complaint: string): StartupProblem | undefined {
  return full.test(complaint)
    ? new StartupProblem(
        `There is no space left on the disk of the folder ${folder}: make room there and start Grata again.`,
      )
    : undefined;
}

/** The same for an error, if it or what caused it says so; else the error itself. */
export function explainFullDisk(folder: string, error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const problem = noSpaceProblem(folder, cause.message);
    if (problem !== undefined) {
      return problem;
    }
  }
  return error;
}
