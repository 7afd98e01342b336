import type { WaitOrder } from "@grata/contract/realtime";
import type { ForgivingStorage } from "../../ui/store/browser-storage.ts";

const orderKey = "grata:wait-order";

/** The order that this browser remembers; longest waiting first until somebody turns it around. */
export function readWaitOrder(storage: ForgivingStorage): WaitOrder {
  return storage.read(orderKey) === "newest" ? "newest" : "longest";
}

/** Remembers the order in this browser. */
export function rememberWaitOrder(storage: ForgivingStorage, order: WaitOrder): void {
  storage.write(orderKey, order);
}

/** The lines of the list, which come longest waiting first, in this order. */
export function inWaitOrder<Item>(items: readonly Item[], order: WaitOrder): readonly Item[] {
  switch (order) {
    case "longest":
      return items;
    case "newest":
      return items.toReversed();
  }
}
