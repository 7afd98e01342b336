// @ts-check
import { spawn } from "node:child_process";
import { fingerprintOf } from "./build.js";
import { say } from "./failure.js";
import { onFirstStopSignal } from "./signals.js";

/*
 * Runs the server from its TypeScript sources, and again when they changed. Not `node --watch`: it loses sight of a file
 * that an editor or git replaces instead of writing into it (Node 24.21 on Linux notices the first time only).
 */

const pollMilliseconds = 500;

let sources = fingerprintOf("server");
let server = start();
/** @type {"running" | "restarting" | "stopping"} */
let state = "running";

const timer = setInterval(() => {
  const current = fingerprintOf("server");
  if (current !== sources) {
    sources = current;
    restart();
  }
}, pollMilliseconds);

onFirstStopSignal(stop);
process.on("disconnect", () => stop("SIGTERM"));

function start() {
  const child = spawn(process.execPath, ["server/src/app/main.ts"], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  child.on("exit", ended);
  return child;
}

function ended() {
  if (state === "stopping") {
    process.exit();
  } else if (state === "restarting") {
    state = "running";
    server = start();
  } else {
    say("The server ended; it starts again when a file changes.");
  }
}

function restart() {
  if (state === "restarting") {
    return;
  }
  say("Restarting the server ...");
  if (hasEnded()) {
    server = start();
  } else {
    state = "restarting";
    server.kill("SIGTERM");
  }
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  clearInterval(timer);
  if (hasEnded()) {
    process.exit();
  }
  if (state === "running") {
    server.kill(signal);
  }
  state = "stopping";
}

function hasEnded() {
  return server.exitCode !== null || server.signalCode !== null;
}
