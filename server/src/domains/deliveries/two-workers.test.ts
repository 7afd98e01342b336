import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { makeChannel } from "../../../testing/outside/channel.ts";
import { startWithChannel } from "../../../testing/scenes/deliveries.ts";
import type { Job } from "../../foundation/jobs/every.ts";
import { startDeliveryWorker } from "./worker.ts";

/** The workers of three nodes on one database, which share the test's channel so that it sees all that any of them does. */
let channel: ReturnType<typeof makeChannel>;
let grata: Awaited<ReturnType<typeof startWithChannel>>;
let others: Job[];
const faults: unknown[] = [];

beforeEach(async () => {
  channel = makeChannel(async () => {
    // A turn of the event loop, so that calls of different workers really meet.
    await new Promise(setImmediate);
    return { kind: "delivered" };
  });
  grata = await startWithChannel(channel);
  const { storage } = grata.node.services;
  const { deliverers } = channel;
  others = [1, 2].map(() =>
    startDeliveryWorker({
      storage,
      deliverers,
      publish: () => undefined,
      logFault: (error) => faults.push(error),
    }),
  );
});
afterEach(async () => {
  await Promise.all(others.map((worker) => worker.close()));
  await grata.stop();
});

describe("several workers", () => {
  test("C4, H1: never deliver anything twice, nor two messages of one customer at once or out of order", async () => {
    const chats = await Promise.all(Array.from({ length: 10 }, () => grata.makeChat()));
    const texts = Array.from({ length: 12 }, (_, number) => `message ${number}`);
    const writing = Promise.all(chats.map((chat) => grata.write(chat, ...texts)));
    let isWritten = false;
    void writing.then(() => {
      isWritten = true;
    });
    while (!isWritten) {
      for (const worker of others) worker.wake();
      await new Promise(setImmediate);
    }
    await eventually(async () => expect(await grata.waiting()).toBe(0));
    for (const chat of chats) {
      expect(channel.sentTo(chat.visitor.customerId)).toEqual(texts);
      expect(await grata.states(chat)).toEqual(texts.map((text) => [text, "delivered"]));
    }
    expect(channel.overlaps).toEqual([]);
    expect(faults).toEqual([]);
    await eventually(async () => {
      const held = "SELECT FROM lanes WHERE leased_by IS NOT NULL OR due_at IS NOT NULL";
      expect((await grata.sql.query(held)).rowCount).toBe(0);
    });
  });
});
