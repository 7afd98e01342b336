import type { Change, Publish } from "../../domains/conversations/changes.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { type Cleared, clearConversation, type Place } from "./clear-conversation.ts";
import { eraseContent } from "./erase-content.ts";
import { chatsToClear, closeLateChats, finishCustomer } from "./finish-customer.ts";

/** Of each kind, between two looks at what there is to do. */
const most = 100;
/** The net under the wake-up, and how soon it is seen that something has been kept long enough. */
const pollMilliseconds = 60_000;

type Erasable = { kind: "begun" | "customer" | "expired"; organisation_id: string; id: string };

export type Eraser = {
  wake(): void;
  /** Finishes the step under way, then stops. */
  close(): Promise<void>;
};

/**
 * Erases what was said by customers who are to be forgotten, and what an organisation keeps no longer. It may be killed
 * at any line: what is to be done stands in the rows themselves, each step is one short transaction, and a step that was
 * done is not there any more. Several nodes may do it side by side.
 */
export function startEraser(dependencies: {
  storage: Storage;
  publish: Publish;
  /** Ends the sockets of a customer, on every node. */
  cutCustomer(customerId: string): void;
  /** Contents may be left that no file refers to. */
  removeLeftovers(): void;
  logFault(error: unknown): void;
}): Eraser {
  const { storage, publish, cutCustomer, removeLeftovers, logFault } = dependencies;
  let running: Promise<void> | null = null;
  let again = false;
  let closing = false;
  const timer = setInterval(wake, pollMilliseconds);

  function wake(): void {
    again = true;
    running ??= run().finally(() => {
      running = null;
    });
  }

  async function run(): Promise<void> {
    let erased = false;
    try {
      while (again && !closing) {
        again = false;
        while (!closing && (await look())) erased = true;
      }
    } catch (error) {
      // While the database is away there is nothing to say.
      if (!(error instanceof Refusal)) logFault(error);
    }
    if (erased) removeLeftovers();
  }

  /** One look at what there is to do. Tells whether anything was done. */
  async function look(): Promise<boolean> {
    const found = await storage.system<Erasable>("system_erasable", [most]);
    const expired: Place[] = [];
    let done = false;
    for (const { kind, organisation_id: organisationId, id } of found) {
      if (closing) return false;
      const place = { organisationId, id };
      switch (kind) {
        case "begun":
          done = (await attempt(() => eraseContent(storage, place))) || done;
          break;
        case "customer":
          done = (await attempt(() => eraseSaidBy(place))) || done;
          break;
        case "expired":
          expired.push(place);
      }
    }
    return (await clearAll(expired)) || done;
  }

  /** One that fails must not keep the others back: it is tried again at the next look. */
  async function attempt(step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      logFault(error);
      return false;
    }
  }

  async function eraseSaidBy(customer: Place): Promise<boolean> {
    cutCustomer(customer.id);
    publish(await closeLateChats(storage, customer));
    const chats = await chatsToClear(storage, customer, most);
    if (chats.length > 0) return clearAll(chats);
    const finished = await finishCustomer(storage, customer);
    if (finished === null) return false;
    publish(finished);
    return true;
  }

  /** Tells of all of them first: what is on a screen goes before what is in the database. */
  async function clearAll(places: Place[]): Promise<boolean> {
    const cleared: (Cleared & Place)[] = [];
    const clear = async (place: Place) => {
      const one = await clearConversation(storage, place);
      if (one) cleared.push({ ...one, ...place });
      return one !== null;
    };
    try {
      for (const place of places) if (!closing) await attempt(() => clear(place));
    } finally {
      tell(cleared);
    }
    for (const place of cleared) if (!closing) await attempt(() => eraseContent(storage, place));
    return cleared.length > 0;
  }

  function tell(cleared: (Cleared & Place)[]): void {
    publish(cleared.flatMap(({ changes }) => changes));
    publish(
      [...Map.groupBy(cleared, ({ organisationId }) => organisationId)].map(
        ([organisationId, ofOrganisation]): Change => ({
          kind: "erased",
          organisationId,
          conversations: ofOrganisation.map(({ conversationId, head }) => ({ conversationId, head })),
        }),
      ),
    );
  }

  wake();
  return {
    wake,
    async close() {
      closing = true;
      clearInterval(timer);
      await running;
    },
  };
}
