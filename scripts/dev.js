// @ts-check
import { forgetBuild } from "./lib/build.js";
import { runCommand } from "./lib/failure.js";
import { at } from "./lib/paths.js";
import { prepare } from "./lib/prepare.js";
import { runTogether } from "./lib/supervise.js";

const environment = { NODE_ENV: "development" };

const server = {
  parameters: ["--watch", "--watch-preserve-output", "server/src/main.ts"],
  environment,
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
  return { parameters, folder: at(name), environment };
}

await runCommand(async () => {
  await prepare(["console", "widget"]);
  forgetBuild("console");
  forgetBuild("widget");
  return runTogether([server, pages("console"), pages("widget")]);
});
