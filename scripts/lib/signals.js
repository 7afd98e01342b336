// @ts-check
import { onCallerGone } from "./caller.js";

/** @type {NodeJS.Signals[]} */
const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Calls `stop` for the first signal that asks this process to end, and keeps it alive for an orderly end. Later ones
 * are dropped: one Ctrl-C arrives twice, from the terminal and from npm. The end of npm counts as SIGTERM. The returned
 * function undoes it.
 * @param {(signal: NodeJS.Signals) => void} stop
 */
export function onFirstStopSignal(stop) {
  let stopping = false;
  /** @param {NodeJS.Signals} signal */
  const listener = (signal) => {
    if (!stopping) {
      stopping = true;
      stop(signal);
    }
  };
  for (const signal of stopSignals) {
    process.on(signal, listener);
  }
  const forgetCaller = onCallerGone(() => listener("SIGTERM"));
  return () => {
    forgetCaller();
    for (const signal of stopSignals) {
      process.off(signal, listener);
    }
  };
}

/**
 * Ends this process by the signal, so that whoever started it sees the true cause.
 * @param {NodeJS.Signals} signal
 */
export function dieOf(signal) {
  process.kill(process.pid, signal);
}

/**
 * Whether our children have this signal already: the terminal sends a Ctrl-C to all that run in front, and to pass it
 * on would make it two, which many programs take as an order to end at once.
 * @param {NodeJS.Signals} signal
 */
export function isSentByTerminal(signal) {
  return signal === "SIGINT" && process.stdin.isTTY === true;
}
