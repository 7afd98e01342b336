// @ts-check
import { spawn } from "node:child_process";
import { repository } from "./paths.js";
import { dieOf, isSentByTerminal, onFirstStopSignal } from "./signals.js";

/**
 * @typedef {object} RunOptions
 * @property {string} [folder] where it runs; the repository unless told
 * @property {Record<string, string>} [environment] what is added to ours
 * @property {boolean} [shell] needed for npm.cmd on Windows
 * @property {(processId: number) => void} [onStart]
 * @property {NodeJS.Signals} [stopWith] how it is stopped; by the signal that stops us unless told
 */

/**
 * Runs a program out of sight and returns its exit code and everything it printed. A signal to stop ends the program
 * and then this process. A program that cannot be started has code 127, as in a shell.
 * @param {string} program
 * @param {string[]} parameters
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(program, parameters, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { ...spawnOptions(options), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    follow(child, options, (code) => resolve({ code, output }));
  });
}

/**
 * Runs a program in sight, with our output as its own, and returns its exit code. A signal to stop ends the program and
 * then this process.
 * @param {string} program
 * @param {string[]} parameters
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function show(program, parameters, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      ...spawnOptions(options),
      stdio: ["ignore", "inherit", "inherit"],
    });
    follow(child, options, resolve);
  });
}

/**
 * What is worth showing of the output of a program that failed.
 * @param {string} output
 */
export function lastLines(output) {
  return output.trimEnd().split("\n").slice(-20).join("\n");
}

/** @param {RunOptions} options */
function spawnOptions({ folder = repository, environment, shell }) {
  return { cwd: folder, env: { ...process.env, ...environment }, shell };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {RunOptions} options
 * @param {(code: number) => void} done
 */
function follow(child, { onStart, stopWith }, done) {
  /** @type {NodeJS.Signals | undefined} */
  let stoppedBy;
  const release = onFirstStopSignal((signal) => {
    stoppedBy = signal;
    if (stopWith || !isSentByTerminal(signal)) {
      child.kill(stopWith ?? signal);
    }
  });
  const finish = (/** @type {number} */ code) => {
    release();
    if (stoppedBy) {
      dieOf(stoppedBy);
    } else {
      done(code);
    }
  };
  child.on("error", () => finish(127));
  child.on("close", (code) => finish(code ?? 1));
  if (child.pid) {
    onStart?.(child.pid);
  }
}
