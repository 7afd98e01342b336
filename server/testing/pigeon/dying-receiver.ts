/**
 * An inbox worker as a process of its own, for tests to kill: `node dying-receiver.ts <database URL> <lease seconds>`.
 * Receiving a letter, it stops at the point whose number is the text of the letter: at the end of a transaction before
 * its commit, after it, after an append, at the end. It prints the text once it stands there.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ChannelServices } from "../../src/channels/port.ts";
import { startInboxWorker } from "../../src/domains/inbox/worker.ts";
import { openStorage, type Storage } from "../../src/foundation/storage/storage.ts";
import { openWriter } from "../scenes/writers.ts";
import { pigeonChannel } from "./channel.ts";

const [, , connectionString = "", leaseSeconds] = process.argv;
const { kind, receive } = pigeonChannel("");
const storage = openStorage({ connectionString }, { maximumConnections: 10 });
const writer = openWriter({ services: { storage } }, "push");

const letters = new AsyncLocalStorage<{ text: string; passed: number }>();

async function point(): Promise<void> {
  const letter = letters.getStore();
  if (!letter || Number(letter.text) !== letter.passed++) return;
  process.stdout.write(`${letter.text}\n`);
  await new Promise(() => undefined);
}

async function andThenPoint<T>(work: Promise<T>): Promise<T> {
  const result = await work;
  await point();
  return result;
}

const stopping: Pick<Storage, "inOrganisation"> = {
  inOrganisation: (organisationId, work) =>
    andThenPoint(storage.inOrganisation(organisationId, (transaction) => andThenPoint(work(transaction)))),
};
const services = {
  storage: { ...storage, ...stopping },
  writer: { ...writer, append: (entry) => andThenPoint(writer.append(entry)) },
  publish: () => undefined,
} as Pick<ChannelServices, "storage" | "writer" | "publish"> as ChannelServices;

startInboxWorker({
  storage,
  leaseSeconds: Number(leaseSeconds),
  receivers: new Map([
    [
      kind,
      (push) =>
        letters.run({ text: JSON.parse(push.body).text, passed: 0 }, async () => {
          if (!receive) throw new Error("Nothing is received.");
          return andThenPoint(receive(push, services));
        }),
    ],
  ]),
  logFault(error) {
    throw error;
  },
});
