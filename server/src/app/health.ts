import type { AppendWriter } from "../domains/conversations/append/writer.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import type { Outage } from "../foundation/storage/outage.ts";

/** What was true so long ago is taken to be true still. */
const freshMilliseconds = 1_000;
/** A balancer that asks is answered within a second. */
const answerWithinMilliseconds = 900;
const lookEveryMilliseconds = 1_000;

export type Health = {
  /** Throws `unavailable`, naming the store, when this node cannot store a message. Asked as often as anybody likes. */
  check(): Promise<void>;
  /** Somebody met with an error that may mean an outage: it is looked into soon, whether or not anybody asks. */
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

  /** What is known, or a look that everybody shares who asks meanwhile. */
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
