/**
 * Something that the operator must mend before Grata can start. The message is one sentence that says what is wrong
 * and what to do; `main` prints only that sentence and exits with code 1.
 */
export class StartupProblem extends Error {
  override name = "StartupProblem";
}
