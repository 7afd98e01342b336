import { describe, expect, test } from "vitest";
import type { Item } from "./item.ts";
import { AppendQueue, laneLimit, organisationLimit } from "./queue.ts";

let arrivals = 0;

function item(conversationId: string, text: string, organisationId = "organisation"): Item {
  return {
    entry: {
      organisationId,
      conversationId,
      clientId: text,
      author: { kind: "customer", userId: null, name: null },
      audience: "everybody",
      occurrence: { kind: "message", text },
      principal: { kind: "nobody" },
      connectionId: null,
    },
    deadline: ++arrivals,
    resolve: () => undefined,
    reject: () => undefined,
  };
}

function queueOf(...items: Item[]): AppendQueue {
  const queue = new AppendQueue();
  for (const one of items) queue.add(one);
  return queue;
}

const names = (items: Item[]) => items.map(({ entry }) => entry.clientId);

describe("the append queue", () => {
  test("C4: gives each conversation's messages in the order in which they came", () => {
    const queue = queueOf(item("a", "a1"), item("b", "b1"), item("a", "a2"), item("b", "b2"));
    expect(names(queue.take(10, 0))).toEqual(["a1", "a2", "b1", "b2"]);
    expect(queue.size).toBe(0);
  });

  test("C4: gives no more than asked for, and the rest in order the next time", () => {
    const queue = queueOf(item("a", "a1"), item("a", "a2"), item("a", "a3"), item("b", "b1"));
    expect(names(queue.take(2, 0))).toEqual(["a1", "a2"]);
    expect(queue.size).toBe(2);
    expect(names(queue.take(2, 0)).sort()).toEqual(["a3", "b1"]);
  });

  test("C4: passes by a conversation that is set aside until its time has come", () => {
    const queue = queueOf(item("a", "a1"), item("b", "b1"));
    queue.setAside(
      queue.take(1, 0).filter(({ entry }) => entry.conversationId === "a"),
      20,
    );
    expect(names(queue.take(10, 19))).toEqual(["b1"]);
    expect(queue.size).toBe(1);
    expect(names(queue.take(10, 20))).toEqual(["a1"]);
  });

  test("C4: keeps the order when what came meanwhile stands behind what was set aside", () => {
    const queue = queueOf(item("a", "a1"), item("a", "a2"));
    const taken = queue.take(2, 0);
    queue.add(item("a", "a3"));
    queue.setAside(taken, 20);
    queue.add(item("a", "a4"));
    expect(queue.size).toBe(4);
    expect(queue.take(10, 19)).toEqual([]);
    expect(names(queue.take(10, 20))).toEqual(["a1", "a2", "a3", "a4"]);
  });

  test("C4: keeps the order when later ones are set aside after earlier ones", () => {
    const queue = queueOf(item("a", "a1"), item("a", "a2"));
    const [first, second] = queue.take(2, 0);
    queue.add(item("a", "a3"));
    expect(queue.isAside("a")).toBe(false);
    queue.setAside(first ? [first] : [], 20);
    expect(queue.isAside("a")).toBe(true);
    queue.setAside(second ? [second] : [], 30);
    expect(names(queue.take(10, 30))).toEqual(["a1", "a2", "a3"]);
    expect(queue.isAside("a")).toBe(false);
  });

  test("tells when the next conversation may be taken", () => {
    const queue = queueOf(item("a", "a1"));
    expect(queue.nextTurn()).toBe(0);
    const [first] = queue.take(1, 0);
    expect(queue.nextTurn()).toBeNull();
    queue.setAside(first ? [first] : [], 20);
    expect(queue.nextTurn()).toBe(20);
    queue.add(item("b", "b1"));
    expect(queue.nextTurn()).toBe(0);
  });

  test("D1: a conversation that never empties holds up no other one of its organisation", () => {
    const queue = new AppendQueue();
    const flood = () => {
      while (queue.add(item("a", "flood")));
    };
    flood();
    queue.add(item("b", "b1"));
    expect(names(queue.take(32, 0))).toContain("b1");
    flood();
    queue.add(item("b", "b2"));
    queue.add(item("c", "c1"));
    expect(names(queue.take(34, 0))).toEqual(expect.arrayContaining(["b2", "c1"]));
  });

  test("D1: an organisation with a thousand full conversations holds up no other organisation", () => {
    const queue = new AppendQueue();
    for (let number = 0; queue.add(item(`flood ${number}`, "flood", "loud")); number++);
    queue.add(item("b", "b1", "quiet"));
    queue.add(item("c", "c1", "quiet"));
    expect(names(queue.take(8, 0))).toEqual(expect.arrayContaining(["b1", "c1"]));
  });

  test("D1: takes no more than its share of one conversation and of one organisation", () => {
    const queue = new AppendQueue();
    const added = (conversation: (number: number) => string, organisation: string) => {
      for (let number = 0; ; number++)
        if (!queue.add(item(conversation(number), "x", organisation))) return number;
    };
    expect(added(() => "a", "one")).toBe(laneLimit);
    expect(added((number) => `b${number}`, "one")).toBe(organisationLimit - laneLimit);
    expect(queue.add(item("c", "c1", "other"))).toBe(true);
    expect(queue.size).toBe(organisationLimit + 1);
    // A refused item leaves nothing behind.
    expect(queue.take(organisationLimit + 1, 0)).toHaveLength(organisationLimit + 1);
    expect([queue.size, queue.nextTurn()]).toEqual([0, null]);
    expect(queue.add(item("a", "a1", "one"))).toBe(true);
  });

  test("C4: gives each item once, also of a conversation that was set aside while others of it waited", () => {
    const queue = queueOf(item("a", "a1"), item("b", "b1"));
    const taken = queue.take(1, 0);
    queue.add(item("a", "a2"));
    queue.setAside(taken, 20);
    expect(names(queue.take(10, 0))).toEqual(["b1"]);
    queue.add(item("a", "a3"));
    expect(names(queue.take(2, 20))).toEqual(["a1", "a2"]);
    expect(names(queue.take(10, 20))).toEqual(["a3"]);
    expect([queue.size, queue.nextTurn()]).toEqual([0, null]);
  });

  test("gives everything at the end, also what is set aside", () => {
    const queue = queueOf(item("a", "a1"), item("b", "b1"));
    queue.setAside(queue.take(1, 0), Number.POSITIVE_INFINITY);
    expect(names(queue.drain()).sort()).toEqual(["a1", "b1"]);
    expect(queue.size).toBe(0);
    expect(queue.take(10, Number.POSITIVE_INFINITY)).toEqual([]);
  });
});
