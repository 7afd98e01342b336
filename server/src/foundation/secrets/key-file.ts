import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode } from "@grata/embedded-postgres/error-code";
import { type Key, type Keys, keyLength, readKey } from "../configuration/keys.ts";
import { StartupProblem } from "../configuration/startup-problem.ts";

/** Where the generated keys lie when the configuration gives none. */
export const keyFileOf = (dataFolder: string) => join(resolve(dataFolder), "secret-keys");

/**
 * The keys in a file, one a line, the newest first. It is read anew each time: a key that a command puts in front is
 * used by every program that shares the file, without a restart.
 */
export function keysInFile(file: string): Keys {
  const present = async () => {
    const keys = await readKeyFile(file);
    if (!keys) throw new StartupProblem(`The key file ${file} is gone; put it back from your backup.`);
    return keys;
  };
  return {
    newest: async () => (await present())[0],
    find: async (id) => (await present()).find((key) => key.id === id) ?? null,
  };
}

/** The keys of a file, or null when there is none. Throws StartupProblem when others may read it, or it is no such file. */
export async function readKeyFile(file: string): Promise<[Key, ...Key[]] | null> {
  let text: string;
  try {
    if (((await stat(file)).mode & 0o077) !== 0 && process.platform !== "win32") {
      throw new StartupProblem(
        `Others may read the key file ${file}; take that right from them with "chmod 600 ${file}".`,
      );
    }
    text = await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (error instanceof StartupProblem) throw error;
    throw new StartupProblem(
      `The key file ${file} cannot be read (${errorCode(error)}); let the user who starts Grata read it.`,
    );
  }
  const [newest, ...former] = text
    .split("\n")
    .flatMap((line) => (line.trim() === "" ? [] : [readKey(line.trim())]));
  if (!newest || former.includes(null)) {
    throw new StartupProblem(
      `The key file ${file} is damaged: each line must be ${keyLength} bytes in base64; put it back from your backup.`,
    );
  }
  return [newest, ...former.filter((key) => key !== null)];
}

/** Makes the file with one new key, unless another program has just done so. */
export async function createKeyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await replaceDurably(file, [newKey()], async (draft) => {
    // A link is made only where nothing is: of two programs at one moment both get the file of one.
    await link(draft, file).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  });
}

/** Puts a new key in front of those that the file has. */
export async function addKey(file: string): Promise<void> {
  const keys = (await readKeyFile(file)) ?? [];
  const lines = [newKey(), ...keys.map(({ bytes }) => bytes.toString("base64"))];
  await replaceDurably(file, lines, (draft) => rename(draft, file));
}

const newKey = () => randomBytes(keyLength).toString("base64");

async function replaceDurably(
  file: string,
  lines: string[],
  put: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(lines.map((line) => `${line}\n`).join(""));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await put(draft);
    const folder = await open(dirname(file), "r");
    await folder.sync().finally(() => folder.close());
  } finally {
    await rm(draft, { force: true });
  }
}
