// @ts-check
import { fileURLToPath } from "node:url";
import { forgetBuild } from "./lib/build.js";
import { runCommand } from "./lib/failure.js";
import { at } from "./lib/paths.js";
import { prepare } from "./lib/prepare.js";
import { runTogether } from "./lib/supervise.js";

const environment = { NODE_ENV: "development" };

const server = {
  parameters: [fileURLToPath(new URL("lib/watch-server.js", import.meta.url))],
  environment,
  channel: true,
};

/** @param {"console" | "widget"} name */
function pages(name) {
  // Old files stay until the new ones are there: the server may look into the folder at any time.
  const parameters = [
    at("node_modules/vite/bin/vite.js"),
    "build",
    "--watch",
    "--emptyOutDir=false",
    "--logLevel=warn",
  ];
  return { parameters, folder: at(name), environment, plain: true };
}

await runCommand(async () => {
  await prepare(["console", "widget"]);
  forgetBuild("console");
  forgetBuild("widget");
  return runTogether([server, pages("console"), pages("widget")]);
});
