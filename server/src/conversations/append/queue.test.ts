import { describe, expect, test } from "vitest";
import type { Item } from "./item.ts";
import { AppendQueue } from "./queue.ts";

let arrivals = 0;

function item(conversationId: string, text: string): Item {
  return {
    entry: {
      organisationId: "organisation",
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
    expect(names(queue.take(2, 0))).toEqual(["a3", "b1"]);
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

  test("gives everything at the end, also what is set aside", () => {
    const queue = queueOf(item("a", "a1"), item("b", "b1"));
    queue.setAside(queue.take(1, 0), Number.POSITIVE_INFINITY);
    expect(names(queue.drain()).sort()).toEqual(["a1", "b1"]);
    expect(queue.size).toBe(0);
    expect(queue.take(10, Number.POSITIVE_INFINITY)).toEqual([]);
  });
});
