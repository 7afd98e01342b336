import { readdir } from "node:fs/promises";
import { repositoryFolder } from "../http/page.ts";

/** The addresses of the files that the pages load, as the last build named them. */
export async function builtAssets(workspace: "console" | "widget"): Promise<string[]> {
  const names = await readdir(`${repositoryFolder}${workspace}/dist/assets/${workspace}`);
  return names.map((name) => `/assets/${workspace}/${name}`);
}
