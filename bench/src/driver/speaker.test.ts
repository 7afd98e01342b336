import { expect, test } from "vitest";
import type { LineEvents, OpenLine } from "./line.ts";
import { speakersOf } from "./speaker.ts";

/** A pair over lines that do nothing by themselves. */
function stage() {
  const sent: string[][] = [[], []];
  const heard: LineEvents[] = [];
  const end = (side: number): OpenLine => ({
    line: { send: (_number, text) => sent[side]?.push(text) },
    listen(events) {
      heard[side] = events;
    },
  });
  const failures: string[] = [];
  let done = 0;
  const watcher = {
    delivered: () => undefined,
    done: () => done++,
    failed: (sentence: string) => failures.push(sentence),
  };
  const [customer] = speakersOf(3, [end(0), end(1)], () => watcher);
  const [customerEvents, agentEvents] = heard;
  if (!customer || !customerEvents || !agentEvents) throw new Error("A pair has two ends.");
  const text = (number: number) => sent[0]?.[number] ?? "";
  return { customer, customerEvents, agentEvents, text, failures, done: () => done };
}

test("a message is done when it is both acknowledged and delivered, in any order", () => {
  const { customer, customerEvents, agentEvents, text, failures, done } = stage();
  customer.send(0);
  customer.send(0);
  expect(text(0)).toHaveLength(104);
  agentEvents.delivered(text(0));
  expect(done()).toBe(0);
  customerEvents.acknowledged(0);
  customerEvents.acknowledged(1);
  expect(done()).toBe(1);
  agentEvents.delivered(text(1));
  expect(done()).toBe(2);
  expect(customer.underWay).toBe(0);
  expect(failures).toEqual([]);
});

test.each([
  ["delivered twice", [0, 0]],
  ["out of order", [1]],
  ["lost before the next", [0, 2]],
])("a message that is %s is noticed", (_name, numbers) => {
  const { customer, agentEvents, text, failures } = stage();
  for (let count = 0; count < 3; count++) customer.send(0);
  for (const number of numbers) agentEvents.delivered(text(number));
  expect(failures).toHaveLength(1);
});

test("a message of somebody else is noticed", () => {
  const { customer, agentEvents, text, failures } = stage();
  customer.send(0);
  agentEvents.delivered(text(0).replace("customer 3", "customer 4"));
  expect(failures).toHaveLength(1);
});

test("an acknowledgement of nothing, or a second one, is noticed", () => {
  const { customer, customerEvents, failures } = stage();
  customer.send(0);
  customerEvents.acknowledged(0);
  customerEvents.acknowledged(0);
  customerEvents.acknowledged(5);
  expect(failures).toHaveLength(2);
});
