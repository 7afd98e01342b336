import type { ChannelRegistry } from "../../channels/port.ts";
import type { Job } from "../../foundation/jobs/every.ts";
import { startLeasedWorker } from "../../foundation/jobs/leased.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { type Handed, handWithinSeconds, type MailServer } from "./mail-server.ts";
import {
  type Begun,
  beginMail,
  type Leased,
  leaseMail,
  noteFailed,
  noteSent,
  postponeMail,
} from "./outgoing.ts";

const leaseSeconds = handWithinSeconds * 2;
/** Nobody waits longer for an invitation or a recovery. */
const givenUpAfterDays = 3;

/**
 * Sends what waits in the outbox, one after another. It may be killed at any line: a mail that was handed over and not
 * noted is handed over again after its lease, with the same Message-ID. Several nodes share the work by the leases.
 */
export function startMailWorker(dependencies: {
  storage: Storage;
  server: MailServer;
  /** The address for links. */
  entrance(): string;
  channels: ChannelRegistry;
  logFault(error: unknown): void;
  leaseSeconds?: number;
}): Job {
  const { storage, server, entrance, channels, logFault } = dependencies;

  async function hand(mail: Begun, leased: Leased): Promise<Handed> {
    const handed = await server.hand(leased, mail);
    if (handed.kind === "postponed" && isOld(mail.createdAt))
      return { kind: "refused", reason: handed.reason };
    return handed;
  }

  const job = startLeasedWorker(
    {
      lease: (workerId, seconds) => leaseMail(storage, workerId, seconds),
      begin: (leased) => beginMail(storage, leased, { entrance: entrance(), channels }),
      work: hand,
      settle: (leased, _mail, handed: Exclude<Handed, { kind: "postponed" }>) =>
        handed.kind === "sent" ? noteSent(storage, leased) : noteFailed(storage, leased, handed.reason),
      postpone: (leased, _mail, reason, seconds) => postponeMail(storage, leased, reason, seconds),
    },
    {
      leaseSeconds: dependencies.leaseSeconds ?? leaseSeconds,
      lanesAtOnce: 1,
      rowIsLane: true,
      firstPauseSeconds: 5,
      longestPauseSeconds: 600,
      logFault,
    },
  );
  return {
    wake: job.wake,
    async close() {
      await job.close();
      server.close();
    },
  };
}

const isOld = (createdAt: Date) => Date.now() - createdAt.getTime() > givenUpAfterDays * 24 * 3_600_000;
