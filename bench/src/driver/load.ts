import { setTimeout as delay } from "node:timers/promises";
import { BenchFailure } from "../failure.ts";
import type { OpenLine } from "./line.ts";
import { type Speaker, speakersOf, type Watcher } from "./speaker.ts";

/** How long the last messages of a run may take before they count as lost. */
const patienceMilliseconds = 10_000;

/** Everybody who writes to one server. */
export class Load {
  /** All customers, then all agents, so that neighbours in this list belong to different pairs. */
  readonly speakers: readonly Speaker[];
  #watcher: Watcher;
  #failure: string | undefined;

  constructor(pairs: [OpenLine, OpenLine][]) {
    this.#watcher = this.#quiet();
    const both = pairs.map((ends, pair) => speakersOf(pair, ends, () => this.#watcher));
    this.speakers = [...both.map(([customer]) => customer), ...both.map(([, agent]) => agent)].filter(
      (speaker) => speaker !== undefined,
    );
  }

  /**
   * Does some work under a watcher's eyes and waits until all that was sent is stored and delivered. Rejects with
   * BenchFailure as soon as a message is lost, comes twice or out of order.
   */
  async during(watcher: Omit<Watcher, "failed">, work: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) throw new BenchFailure(this.#failure);
    const broken = Promise.withResolvers<never>();
    this.#watcher = { ...watcher, failed: (sentence) => broken.reject(new BenchFailure(sentence)) };
    try {
      await Promise.race([work().then(() => this.#drained()), broken.promise]);
    } finally {
      this.#watcher = this.#quiet();
    }
  }

  /** Messages of all speakers together. */
  get sent(): number {
    return this.speakers.reduce((sum, speaker) => sum + speaker.sent, 0);
  }

  async #drained(): Promise<void> {
    const deadline = performance.now() + patienceMilliseconds;
    for (let left = this.#underWay(); left > 0; left = this.#underWay()) {
      if (performance.now() > deadline) {
        throw new BenchFailure(
          `${left} messages were not both acknowledged and delivered within ${patienceMilliseconds / 1000} s.`,
        );
      }
      await delay(5);
    }
  }

  #underWay(): number {
    return this.speakers.reduce((sum, speaker) => sum + speaker.underWay, 0);
  }

  /** Between two runs nothing should happen; what breaks then fails the next one. */
  #quiet(): Watcher {
    return {
      delivered: () => undefined,
      done: () => undefined,
      failed: (sentence) => {
        this.#failure ??= sentence;
      },
    };
  }
}
