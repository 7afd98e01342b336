import { readConfiguration } from "../foundation/configuration/configuration.ts";
import { StartupProblem } from "../foundation/configuration/startup-problem.ts";
import { textOfFault } from "../foundation/refusal/fault.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import { sentenceOf } from "../foundation/refusal/sentences.ts";
import { recoveryLinkCommand, resetSecondFactorCommand, unlockCommand } from "./command-line/accounts.ts";
import { createOrganisationCommand } from "./command-line/create-organisation.ts";
import { rotateSecretsCommand } from "./command-line/rotate-secrets.ts";

const usage = `Usage: npm run grata -- <command>

  create-organisation --organisation <name> --name <your name> --email <address> [--language en|zh-Hans|zh-Hant]
      Makes an organisation with its first admin. The password is read from the terminal, or from standard input.
  unlock <address>
      Lets somebody sign in again whose account was locked by wrong passwords.
  reset-second-factor <address>
      Takes away somebody's second step at sign-in who has lost it. They are signed out and told by mail.
  rotate-secrets
      Seals all stored secrets anew with the newest key, while the server runs or not.
  recovery-link <address>
      Prints a link to set a new password, for an installation without mail.
`;

/** The command line: for operators, on the same database as the server, while it runs or not. */
async function main(): Promise<number> {
  const [command, ...rest] = process.argv.slice(2);
  switch (command) {
    case "create-organisation":
      return createOrganisationCommand(readConfiguration(process.env), rest);
    case "unlock":
      return unlockCommand(readConfiguration(process.env), rest);
    case "recovery-link":
      return recoveryLinkCommand(readConfiguration(process.env), rest);
    case "reset-second-factor":
      return resetSecondFactorCommand(readConfiguration(process.env), rest);
    case "rotate-secrets":
      return rotateSecretsCommand(readConfiguration(process.env), rest);
    case undefined:
    case "help":
    case "--help":
      process.stdout.write(usage);
      return command === undefined ? 1 : 0;
    default:
      process.stderr.write(`There is no command "${command}".\n\n${usage}`);
      return 1;
  }
}

/** Field by field what is wrong, each in a sentence. */
function explain(error: unknown): string {
  if (error instanceof StartupProblem) return error.message;
  if (error instanceof Refusal) {
    const fields = Object.entries(error.fields ?? {});
    if (fields.length === 0) return sentenceOf(error.code, "en");
    return fields.map(([field, code]) => `${field}: ${sentenceOf(code, "en")}`).join("\n");
  }
  return textOfFault(error);
}

function fail(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

// Node itself would print an error with everything that it carries.
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit();
});
main().then((code) => {
  process.exitCode = code;
}, fail);
