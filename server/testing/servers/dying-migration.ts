/**
 * The start of a node as a process of its own, for tests to kill: `node dying-migration.ts <database URL> <made-up
 * migrations as JSON>`. Prints what the runner says.
 */
import { prepareDatabase } from "../../src/foundation/storage/prepare-database.ts";
import { type MadeUp, shippedAnd } from "./migrations.ts";

const [, , connectionString = "", madeUp = ""] = process.argv;
const migrations: MadeUp[] = JSON.parse(madeUp);

await prepareDatabase(
  { connectionString },
  {
    migrations: shippedAnd(...migrations),
    say: (sentence) => process.stdout.write(`${sentence}\n`),
  },
);
