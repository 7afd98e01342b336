import type { AppendWriter } from "../domains/conversations/append/writer.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import type { Outage } from "../foundation/storage/outage.ts";

/** An answer of this age still counts. */
const freshMilliseconds = 1_000;
/** A balancer that asks is answered within a second. */
const answerWithinMilliseconds = 900;
const lookEveryMilliseconds = 1_000;

export type Health = {
  /** Throws `unavailable`, naming the store, when this node cannot store a message. Asked as often as anybody likes. */
  check(): Promise<void>;
  /** Reports an error that may mean an outage: a check follows soon, even if no request asks for one. */
  suspect(): void;
  close(): void;
};

/**
 * Finds out whether this node can store a message: by the messages that it stores, and when there are none, by what
 * the writer writes and takes back, at most once a second. During an outage it goes on looking until it is over.
 */
export function createHealth(writer: Pick<AppendWriter, "rehearse">, outage: Outage): Health {
  let looking: Promise<void> | null = null;
  let last: { at: number; error: unknown } | null = null;
  let suspicious = false;

  async function look(): Promise<void> {
    try {
      await writer.rehearse();
      last = { at: performance.now(), error: null };
    } catch (error) {
      last = { at: performance.now(), error };
      throw error;
    } finally {
      looking = null;
    }
  }

  /** Returns a recent result, or joins the check under way. */
  function lookOnce(): Promise<void> {
    const since = performance.now() - freshMilliseconds;
    if (outage.servedAt() > since) return Promise.resolve();
    if (last?.error && last.at > since) return Promise.reject(last.error);
    looking ??= look();
    return looking;
  }

  async function check(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      const late = new Error(`a write was not answered within ${answerWithinMilliseconds / 1000} s`);
      timer = setTimeout(reject, answerWithinMilliseconds, late);
    });
    try {
      await Promise.race([lookOnce(), patience]);
    } catch (cause) {
      outage.began(cause);
      throw new Refusal("unavailable", { fields: { database: "unavailable" }, retryAfter: 2, cause });
    } finally {
      clearTimeout(timer);
    }
  }

  const timer = setInterval(() => {
    if (!suspicious && !outage.isUnderWay()) return;
    suspicious = false;
    check().catch(() => undefined);
  }, lookEveryMilliseconds);

  return {
    check,
    suspect() {
      suspicious = true;
    },
    close: () => clearInterval(timer),
  };
}
