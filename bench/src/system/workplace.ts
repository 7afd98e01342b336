import { chmod, mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shortHash } from "@grata/embedded-postgres/place";
import { startEmbeddedPostgres } from "@grata/embedded-postgres/supervise";

/** The data folder of a run, which does not exist yet. */
export type Workplace = {
  dataFolder: string;
  /** The process id of the PostgreSQL that runs on it; undefined when none does. */
  postmaster(): Promise<number | undefined>;
  /** Ends a PostgreSQL that a killed server left, and removes everything. */
  remove(): Promise<void>;
};

/** Makes a temporary folder that PostgreSQL's user may pass through. */
export async function createWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "grata-bench-"));
  await chmod(folder, 0o711);
  const dataFolder = join(folder, "data");

  async function postmaster(): Promise<number | undefined> {
    const text = await readFile(join(dataFolder, "postgres/postmaster.pid"), "utf8").catch(() => "");
    return Number(text.split("\n")[0]) || undefined;
  }

  return {
    dataFolder,
    postmaster,
    async remove() {
      if ((await postmaster()) !== undefined) {
        const left = await startEmbeddedPostgres({ dataFolder });
        await left.stop();
      }
      for (const path of [folder, ...(await socketFolders(dataFolder))]) {
        await rm(path, { recursive: true, force: true, maxRetries: 20 });
      }
    },
  };
}

/** PostgreSQL's socket lies elsewhere, because its path must be short. */
async function socketFolders(dataFolder: string): Promise<string[]> {
  const found = await Promise.all(
    ["/run", "/tmp"].map(async (base) => (await readdir(base)).map((name) => join(base, name))),
  );
  return found.flat().filter((path) => path.includes(`/grata-${shortHash(dataFolder)}`));
}
