/** So much at once, and so much a second afterwards. */
export type Rate = { burst: number; perSecond: number };

export const times = ({ burst, perSecond }: Rate, factor: number): Rate => ({
  burst: burst * factor,
  perSecond: perSecond * factor,
});

/** A token bucket. Time comes from the caller, in milliseconds. */
export class Bucket {
  readonly #rate: Rate;
  #level: number;
  #filledAt: number;
  #spent = 0;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#filledAt = now;
  }

  /** How many milliseconds it takes until `count` can be taken; 0 when they can be taken now. */
  wait(count: number, now: number): number {
    this.#fill(now);
    return Math.max(0, ((count - this.#level) / this.#rate.perSecond) * 1000);
  }

  /** Takes `count`, whether or not they are there: at most as much below zero as it holds. */
  take(count: number, now: number): void {
    this.charge(count, now);
    this.#spent += count;
  }

  /** Takes what was spent on another node. */
  charge(count: number, now: number): void {
    this.#fill(now);
    this.#level = Math.max(this.#level - count, -this.#rate.burst);
  }

  /** Returns the amount taken since the last call, or since the bucket was full. */
  reportSpent(): number {
    const spent = this.#spent;
    this.#spent = 0;
    return spent;
  }

  /** From 1, full, over 0, empty, to -1. */
  share(now: number): number {
    this.#fill(now);
    return this.#level / this.#rate.burst;
  }

  #fill(now: number): void {
    const { burst, perSecond } = this.#rate;
    this.#level = Math.min(burst, this.#level + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#level === burst) this.#spent = 0;
  }
}
