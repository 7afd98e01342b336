import { parseArgs } from "node:util";
import { setUpBody } from "@grata/contract/http";
import { createOrganisation } from "../../features/set-up/create-organisation.ts";
import { retireSetUpLinks } from "../../features/set-up/set-up-link.ts";
import type { Configuration } from "../../foundation/configuration/configuration.ts";
import { StartupProblem } from "../../foundation/configuration/startup-problem.ts";
import { refusalOfIssues } from "../../foundation/refusal/failure.ts";
import { readPassword } from "./read-password.ts";
import { withDatabase } from "./with-database.ts";

const options = {
  organisation: { type: "string", default: "" },
  name: { type: "string", default: "" },
  email: { type: "string", default: "" },
  language: { type: "string", default: "en" },
} as const;

/** The same as the set-up page: an organisation, its first admin and its first web chat, all or nothing. */
export async function createOrganisationCommand(
  configuration: Configuration,
  argv: string[],
): Promise<number> {
  const password = await readPassword("Password of the first admin (at least 15 characters): ");
  const parsed = setUpBody.safeParse({ ...readOptions(argv), password, token: "" });
  if (!parsed.success) throw refusalOfIssues(parsed.error.issues);
  return withDatabase(configuration, async ({ storage }) => {
    const founder = await createOrganisation(storage, parsed.data, async (transaction, made) => {
      await retireSetUpLinks(transaction);
      return made;
    });
    process.stdout.write(
      `Created. ${parsed.data.email} may sign in now. The web chat's id is ${founder.channelId}.\n`,
    );
    return 0;
  });
}

function readOptions(argv: string[]) {
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    throw new StartupProblem(error instanceof Error ? error.message : String(error));
  }
}
