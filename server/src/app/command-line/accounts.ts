import {
  recoverByOperator,
  resetSecondFactorByOperator,
  unlockByOperator,
} from "../../domains/accounts/operator.ts";
import { linkAddress } from "../../domains/mails/link-address.ts";
import type { Configuration } from "../../foundation/configuration/configuration.ts";
import { StartupProblem } from "../../foundation/configuration/startup-problem.ts";
import { type Workplace, withDatabase } from "./with-database.ts";

/** Unlocks whoever has this address. */
export function unlockCommand(configuration: Configuration, argv: string[]): Promise<number> {
  return withAddress(configuration, argv, async ({ storage }, email) => {
    return (await unlockByOperator(storage, email))
      ? `Unlocked. ${email} may sign in again.`
      : `${email} is not locked: nothing was changed.`;
  });
}

/** Takes the second factor of whoever has this address away. */
export function resetSecondFactorCommand(configuration: Configuration, argv: string[]): Promise<number> {
  return withAddress(configuration, argv, async ({ storage }, email) => {
    await resetSecondFactorByOperator(storage, email);
    return `Done. ${email} signs in with the password alone, until a second step is set up again.`;
  });
}

/** Prints a link by which whoever has this address sets a new password. */
export function recoveryLinkCommand(configuration: Configuration, argv: string[]): Promise<number> {
  const configured = configuration.publicUrls?.[0] ?? `http://localhost:${configuration.port}`;
  return withAddress(configuration, argv, async ({ storage, address }, email) => {
    const entrance = address ?? configured;
    const link = linkAddress("recovery", entrance, await recoverByOperator(storage, email));
    return `Hand this link to its owner. It works once, for one hour:\n  ${link}`;
  });
}

async function withAddress(
  configuration: Configuration,
  argv: string[],
  work: (workplace: Workplace, email: string) => Promise<string>,
): Promise<number> {
  const [email, ...rest] = argv;
  if (email === undefined || rest.length > 0) throw new StartupProblem("Give one e-mail address.");
  return withDatabase(configuration, async (workplace) => {
    process.stdout.write(`${await work(workplace, email)}\n`);
    return 0;
  });
}
