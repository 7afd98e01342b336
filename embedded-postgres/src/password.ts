import { randomBytes } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asideOf, removeLeftovers, syncFolder } from "./build-aside.ts";
import { errorCode, errorText } from "./error-code.ts";
import { StartupProblem } from "./startup-problem.ts";

/** Reads the password of an existing database. Throws StartupProblem if it is missing or unreadable. */
export async function readPassword(dataFolder: string): Promise<string> {
  const file = passwordFile(dataFolder);
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw new StartupProblem(
      `The password of the database cannot be read (${errorText(error)}): put the file ${file} back from your backup, readable by the user who starts Grata.`,
    );
  }
}

/**
 * Returns the password for a new database, made and stored on the first call. All callers get the same one, in
 * whatever process they are.
 */
export async function createPassword(dataFolder: string): Promise<string> {
  const file = passwordFile(dataFolder);
  const draft = asideOf(file) + randomBytes(4).toString("hex");
  await removeLeftovers(file);
  try {
    await writeDurably(draft, randomBytes(32).toString("base64url"));
    await link(draft, file);
    await syncFolder(dirname(file));
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      throw error;
    }
  } finally {
    await rm(draft, { force: true });
  }
  return readPassword(dataFolder);
}

function passwordFile(dataFolder: string): string {
  return join(dataFolder, "postgres-password");
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
