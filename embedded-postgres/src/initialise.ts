import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { spawnAs } from "./account.ts";
import { buildAside } from "./build-aside.ts";
import type { Cluster } from "./cluster.ts";
import { lastComplaint } from "./complaint.ts";
import { errorText } from "./error-code.ts";
import { noSpaceProblem } from "./no-space.ts";
import { isCluster } from "./place.ts";
import { StartupProblem } from "./startup-problem.ts";

/** What PostgreSQL still asks the system for, by the UTF-8 locale that each system has without installing one. */
const systemLocale = { darwin: "en_US.UTF-8", win32: "C" }[process.platform as string] ?? "C.UTF-8";

/**
 * Sets up a new cluster. If another Grata sets one up at the same moment, one of the two stays. Throws StartupProblem
 * with PostgreSQL's own words if that fails, and if the folder holds something else. The signal ends it early.
 */
export async function initialise(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  const { folder, account, password } = cluster;
  try {
    await buildAside(folder, async (aside) => {
      const passwordFile = join(aside, "password");
      await writeFile(passwordFile, password, { mode: 0o600 });
      if (account.kind === "other") {
        await chown(passwordFile, account.uid, account.gid);
        await chown(aside, account.uid, account.gid); // Last: from now on others with this id can put links there.
      }
      await runInitdb(cluster, join(aside, "cluster"), passwordFile, signal);
      return join(aside, "cluster");
    });
  } catch (error) {
    const noSpace = noSpaceProblem(dirname(folder), errorText(error));
    if (noSpace !== undefined) {
      throw noSpace;
    }
    throw new StartupProblem(
      `The database cannot be set up in ${folder} (${errorText(error)}): mend that, or choose another folder with GRATA_DATA.`,
    );
  }
  if (!(await isCluster(folder))) {
    throw new StartupProblem(
      `The folder ${folder} is not empty and does not hold a database: move it away, or choose another folder with GRATA_DATA.`,
    );
  }
}

async function runInitdb(
  { binaries, account }: Cluster,
  folder: string,
  passwordFile: string,
  stopSignal: AbortSignal | undefined,
): Promise<void> {
  const child = spawn(
    binaries.initdb,
    [
      `--pgdata=${folder}`,
      "--username=grata",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Without a locale of its own, upper(), ~* and word boundaries ignore every letter that is not ASCII.
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      `--locale=${systemLocale}`,
      `--lc-ctype=${systemLocale}`,
      "--no-instructions",
    ],
    { ...spawnAs(account), stdio: ["ignore", "ignore", "pipe"], windowsHide: true },
  );
  const stop = () => child.kill();
  stopSignal?.addEventListener("abort", stop);
  const [output, [code, signal]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  stopSignal?.removeEventListener("abort", stop);
  if (code !== 0) {
    throw new Error(lastComplaint(output) ?? `initdb ended with ${signal ?? `code ${code}`}`);
  }
}
