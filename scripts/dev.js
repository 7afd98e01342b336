// @ts-check
import { fileURLToPath } from "node:url";
import { forgetBuild } from "./lib/build.js";
import { runCommand } from "./lib/failure.js";
import { at } from "./lib/paths.js";
import { prepare } from "./lib/prepare.js";
import { runTogether } from "./lib/supervise.js";
import { viteBuild, viteConfigurations } from "./lib/vite.js";

const environment = { NODE_ENV: "development" };

const server = {
  parameters: [fileURLToPath(new URL("lib/watch-server.js", import.meta.url))],
  environment,
  channel: true,
};

/** @param {"console" | "widget"} workspace */
function watchPages(workspace) {
  return viteConfigurations[workspace].map((name) => ({
    parameters: viteBuild(name, ["--watch"]),
    folder: at(workspace),
    environment,
    plain: true,
  }));
}

await runCommand(async () => {
  await prepare(["console", "widget"]);
  forgetBuild("console");
  forgetBuild("widget");
  return runTogether([server, ...watchPages("console"), ...watchPages("widget")]);
});
