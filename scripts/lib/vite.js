// @ts-check
import { at } from "./paths.js";

/** The Vite configurations of each workspace with pages; all of them build into its dist folder. */
export const viteConfigurations = {
  console: ["vite.config.ts", "vite.push.config.ts"],
  widget: ["vite.config.ts", "vite.console-test.config.ts", "vite.loader.config.ts"],
};

/**
 * What Node has to run, in the folder of the workspace, to build with one of its configurations. The output folder is
 * never emptied: the other configurations build into it too, and a server may be looking into it.
 * @param {string} configuration
 * @param {string[]} options
 */
export function viteBuild(configuration, options) {
  const vite = at("node_modules/vite/bin/vite.js");
  return [vite, "build", "--config", configuration, "--no-emptyOutDir", "--logLevel=warn", ...options];
}
