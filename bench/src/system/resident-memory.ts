import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const sampleEvery = 200;
const steadySamples = 7;
const steadyWithinKib = 512;
const patienceMilliseconds = 12_000;

/** Resident memory of a process in KiB, once it has not moved for more than a second (or patience is over). */
export async function settledMemory(pid: number): Promise<number> {
  const samples: number[] = [];
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    samples.push(residentKib(pid));
    const last = samples.slice(-steadySamples);
    const spread = Math.max(...last) - Math.min(...last);
    const steady = last.length === steadySamples && spread <= steadyWithinKib;
    if (steady || performance.now() > deadline) return last.at(-1) ?? 0;
    await delay(sampleEvery);
  }
}

function residentKib(pid: number): number {
  const [, kib = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib);
}
