import type { Configuration } from "../../foundation/configuration/configuration.ts";
import { StartupProblem } from "../../foundation/configuration/startup-problem.ts";
import { addKey, keyFileOf, readKeyFile } from "../../foundation/secrets/key-file.ts";
import { openKeys } from "../../foundation/secrets/open-secrets.ts";
import { sealAnew } from "../../foundation/secrets/reseal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { shippedChannels } from "../channel-registry.ts";
import { withDatabase } from "./with-database.ts";

/**
 * Seals every secret anew with the newest key: the first of GRATA_SECRET_KEY, or one that this puts into the key file
 * first. Nodes may run meanwhile, and it may be stopped anywhere: run again it goes on.
 */
export async function rotateSecretsCommand(configuration: Configuration, argv: string[]): Promise<number> {
  if (argv.length > 0) throw new StartupProblem("This command takes nothing more.");
  return withDatabase(configuration, async ({ storage }) => {
    const keys = await openKeys(configuration, storage);
    const file = keyFileOf(configuration.dataFolder);
    if (!configuration.secretKeys && !(await wasStopped(storage, file))) await addKey(file);
    const count = await sealAnew(storage, keys, shippedChannels.secretColumns);
    const newest = await keys.newest();
    process.stdout.write(
      `Done. ${count} secrets were sealed anew; all are under the key ${newest.id} now.\n`,
    );
    return 0;
  });
}

/** Whether the newest key of the file is one that a rotation made and did not finish with. */
async function wasStopped(storage: Storage, file: string): Promise<boolean> {
  const [newest, ...former] = (await readKeyFile(file)) ?? [];
  const used = await storage.system<{ id: string }>("system_secret_keys", []);
  return former.length > 0 && used.some(({ id }) => id !== newest?.id);
}
