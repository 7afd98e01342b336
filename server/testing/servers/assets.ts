import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { repositoryFolder } from "../../src/foundation/configuration/repository.ts";

/** The addresses of the files that the pages load, as the last build named them. */
export async function builtAssets(workspace: "console" | "widget"): Promise<string[]> {
  const names = await readdir(join(repositoryFolder, workspace, "dist/assets", workspace));
  return names.map((name) => `/assets/${workspace}/${name}`);
}
