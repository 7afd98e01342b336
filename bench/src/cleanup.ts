import { sentenceOf } from "./failure.ts";

/** What was started and must be ended, last first. */
export class Cleanup {
  #steps: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | undefined;

  /** Adds a step, to be taken before those that were added earlier. */
  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Takes every step, also after one failed. A second call waits for the first. */
  run(): Promise<void> {
    this.#running ??= this.#takeAll();
    return this.#running;
  }

  async #takeAll(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => console.error(`While tidying up: ${sentenceOf(error)}`));
    }
  }
}
