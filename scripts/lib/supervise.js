// @ts-check
import { spawn } from "node:child_process";
import { findNode } from "./node.js";
import { repository } from "./paths.js";
import { dieOf, isSentByTerminal, onFirstStopSignal } from "./signals.js";

/**
 * @typedef {object} Program
 * @property {string[]} parameters what Node is to run
 * @property {string} [folder] where it runs; the repository unless told
 * @property {Record<string, string>} [environment] what is added to ours
 * @property {boolean} [channel] whether it gets an ipc channel, by which it notices that we were killed
 * @property {boolean} [plain] whether its output is to be plain lines, without a moving cursor, as beside others
 */

/**
 * In a session of its own a program gets a Ctrl-C from us, once, and not from the terminal too. Windows would open a
 * window for it.
 */
const ownSession = process.platform !== "win32";

/**
 * Runs programs that belong together until they end. A signal to stop is passed on once and their orderly end awaited;
 * when one ends by itself, so do the others. Returns the exit code of the first to end, or dies of its signal.
 * @param {Program[]} programs
 * @returns {Promise<number>}
 */
export function runTogether(programs) {
  const node = findNode();
  return new Promise((resolve) => {
    const running = new Set(programs.map((program) => start(node, program)));
    let stopping = false;
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      if (stopping) {
        return;
      }
      stopping = true;
      for (const child of running) {
        if (ownSession || !isSentByTerminal(signal)) {
          child.kill(signal);
        }
      }
    };
    const release = onFirstStopSignal(stop);
    /** @type {{ code: number | null, signal: NodeJS.Signals | null } | undefined} */
    let firstEnd;
    for (const child of running) {
      child.on("exit", (code, signal) => {
        running.delete(child);
        firstEnd ??= { code, signal };
        if (running.size > 0) {
          stop("SIGTERM");
          return;
        }
        release();
        endLike(firstEnd, resolve);
      });
    }
  });
}

/**
 * Runs one program in front, with the terminal as its own, and returns its exit code or dies of its signal.
 * @param {string[]} parameters what Node is to run
 * @returns {Promise<number>}
 */
export function runInFront(parameters) {
  return new Promise((resolve) => {
    const child = spawn(findNode(), parameters, { cwd: repository, stdio: "inherit" });
    const release = onFirstStopSignal((signal) => {
      if (!isSentByTerminal(signal)) {
        child.kill(signal);
      }
    });
    child.on("exit", (code, signal) => {
      release();
      endLike({ code, signal }, resolve);
    });
  });
}

/**
 * @param {string} node
 * @param {Program} program
 */
function start(node, { parameters, folder = repository, environment, channel, plain }) {
  const output = plain ? "pipe" : "inherit";
  const child = spawn(node, parameters, {
    cwd: folder,
    env: { ...process.env, ...environment },
    detached: ownSession,
    stdio: ["inherit", output, output, ...(channel ? [/** @type {const} */ ("ipc")] : [])],
  });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  return child;
}

/**
 * @param {{ code: number | null, signal: NodeJS.Signals | null }} end
 * @param {(code: number) => void} resolve
 */
function endLike({ code, signal }, resolve) {
  if (signal) {
    dieOf(signal);
  } else {
    resolve(code ?? 1);
  }
}
