/**
 * A delivery worker as a process of its own, for tests to kill: `node dying-worker.ts <database URL> <lease seconds>`.
 * Its channel prints what it is handed, in one line of JSON each, and never answers.
 */
import { startDeliveryWorker } from "../../src/domains/deliveries/worker.ts";
import { openStorage } from "../../src/foundation/storage/storage.ts";

const [, , connectionString = "", leaseSeconds] = process.argv;

startDeliveryWorker({
  storage: openStorage({ connectionString }, { maximumConnections: 2 }),
  leaseSeconds: Number(leaseSeconds),
  deliverers: new Map([
    [
      "webchat",
      (parcel) => {
        process.stdout.write(`${JSON.stringify(parcel)}\n`);
        return new Promise(() => undefined);
      },
    ],
  ]),
  publish: () => undefined,
  logFault(error) {
    throw error;
  },
});
