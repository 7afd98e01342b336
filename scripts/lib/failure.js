// @ts-check

/** Something that went wrong and whose message says all that its reader needs; it is shown without a stack. */
export class Failure extends Error {}

/**
 * Tells the person at the terminal one thing. It goes to stderr, so that the output of a command stays its own.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a command and ends this process with the code it returns, or with 1 and one sentence after a Failure.
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    say(explain(error));
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Failure) {
    return error.message;
  }
  if (error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM")) {
    return `This user may not change the files that an earlier start made; was that one started by another user?\n${error.message}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
