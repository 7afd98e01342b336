import type { Configuration } from "../configuration/configuration.ts";
import { fixedKeys, type Keys } from "../configuration/keys.ts";
import { StartupProblem } from "../configuration/startup-problem.ts";
import type { Storage } from "../storage/storage.ts";
import type { SecretColumns } from "./columns.ts";
import { createKeyFile, keyFileOf, keysInFile, readKeyFile } from "./key-file.ts";
import { sealPlain } from "./reseal.ts";

type Place = Pick<Configuration, "secretKeys" | "dataFolder" | "redisUrl">;

/**
 * The keys of this installation: those of the configuration, else those of a file that the first start makes. Throws
 * StartupProblem when the database holds secrets that they do not open: a new key would never bring those back.
 */
export async function openKeys(place: Place, storage: Storage): Promise<Keys> {
  const keys = await configuredKeys(place, storage);
  for (const { id } of await usedKeys(storage)) {
    if (!(await keys.find(id))) throw missing(place);
  }
  return keys;
}

/**
 * The same for a node that starts. One that is alone also seals what an older release has left in plain text; of
 * several, others may be of that release and could not read it: there `rotate-secrets` does it.
 */
export async function openNodeKeys(place: Place, storage: Storage, columns: SecretColumns): Promise<Keys> {
  const keys = await openKeys(place, storage);
  if (place.redisUrl === null) await sealPlain(storage, keys, columns);
  return keys;
}

async function configuredKeys(place: Place, storage: Storage): Promise<Keys> {
  if (place.secretKeys) return fixedKeys(place.secretKeys);
  if (place.redisUrl !== null) {
    throw new StartupProblem(
      'Several nodes need the same key for the secrets in their database: make one with "openssl rand -base64 32" and set it as GRATA_SECRET_KEY on each of them.',
    );
  }
  const file = keyFileOf(place.dataFolder);
  if (!(await readKeyFile(file))) {
    if ((await usedKeys(storage)).length > 0) throw missing(place);
    await createKeyFile(file);
  }
  return keysInFile(file);
}

const usedKeys = (storage: Storage) => storage.system<{ id: string }>("system_secret_keys", []);

function missing({ secretKeys, dataFolder }: Place): StartupProblem {
  const where = secretKeys ? "in GRATA_SECRET_KEY" : `in the file ${keyFileOf(dataFolder)}`;
  return new StartupProblem(
    `The database holds secrets under a key that is not ${where}: put the key back there, behind the newest one if there is another.`,
  );
}
