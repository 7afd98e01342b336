import { v4 as randomId } from "uuid";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { handWithinSeconds, type MailServer } from "./mail-server.ts";
import { beginMail, type Leased, leaseMail, noteFailed, noteSent, postponeMail } from "./outgoing.ts";

const leaseSeconds = handWithinSeconds * 2;
/** The net under the wake-up, and how soon a mail that another node queued is found. */
const pollMilliseconds = 1_000;
const firstPauseSeconds = 5;
const longestPauseSeconds = 600;
/** Nobody waits longer for an invitation or a recovery. */
const givenUpAfterDays = 3;

export type MailWorker = {
  wake(): void;
  /** Finishes the mail under way, then stops. */
  close(): Promise<void>;
};

/**
 * Sends what waits in the outbox, one after another. It may be killed at any line: a mail that was handed over and not
 * noted is handed over again after its lease, with the same Message-ID. Several nodes share the work by the leases.
 */
export function startMailWorker(dependencies: {
  storage: Storage;
  server: MailServer;
  /** The address for links. */
  entrance(): string;
  logFault(error: unknown): void;
  leaseSeconds?: number;
}): MailWorker {
  const { storage, server, entrance, logFault } = dependencies;
  const lease = dependencies.leaseSeconds ?? leaseSeconds;
  const workerId = randomId();
  let running: Promise<void> | null = null;
  let again = false;
  let closing = false;
  const timer = setInterval(wake, pollMilliseconds);

  function wake(): void {
    again = true;
    running ??= sendAll().finally(() => {
      running = null;
    });
  }

  async function sendAll(): Promise<void> {
    try {
      while (again && !closing) {
        again = false;
        for (let leased = await next(); leased; leased = await next()) await send(leased);
      }
    } catch (error) {
      // The lease runs out by itself; while the database is away there is nothing to say.
      if (!(error instanceof Refusal)) logFault(error);
    }
  }

  async function next(): Promise<Leased | null> {
    return closing ? null : leaseMail(storage, workerId, lease);
  }

  async function send(leased: Leased): Promise<void> {
    const mail = await beginMail(storage, leased, entrance());
    if (!mail) return;
    const handed = await server.hand(leased, mail);
    switch (handed.kind) {
      case "sent":
        return noteSent(storage, leased);
      case "refused":
        return noteFailed(storage, leased, handed.reason);
      case "postponed":
        return isOld(mail.createdAt)
          ? noteFailed(storage, leased, handed.reason)
          : postponeMail(storage, leased, handed.reason, pauseAfter(mail.attempts));
    }
  }

  return {
    wake,
    async close() {
      closing = true;
      clearInterval(timer);
      await running;
      server.close();
    },
  };
}

const isOld = (createdAt: Date) => Date.now() - createdAt.getTime() > givenUpAfterDays * 24 * 3_600_000;

/** 5, 10, 20... seconds, at most ten minutes. */
function pauseAfter(attempts: number): number {
  return Math.min(firstPauseSeconds * 2 ** (attempts - 1), longestPauseSeconds);
}
