import type { Change, Publish } from "../../domains/conversations/changes.ts";
import { every, type Job } from "../../foundation/jobs/every.ts";
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
}): Job {
  const { storage, publish, cutCustomer, removeLeftovers, logFault } = dependencies;

  async function eraseAll(signal: AbortSignal): Promise<void> {
    let erased = false;
    try {
      while (!signal.aborted && (await look(signal))) erased = true;
    } finally {
      if (erased) removeLeftovers();
    }
  }

  /** One look at what there is to do. Tells whether anything was done. */
  async function look(signal: AbortSignal): Promise<boolean> {
    const found = await storage.system<Erasable>("system_erasable", [most]);
    const expired: Place[] = [];
    let done = false;
    for (const { kind, organisation_id: organisationId, id } of found) {
      if (signal.aborted) return false;
      const place = { organisationId, id };
      switch (kind) {
        case "begun":
          done = (await attempt(() => eraseContent(storage, place))) || done;
          break;
        case "customer":
          done = (await attempt(() => eraseSaidBy(place, signal))) || done;
          break;
        case "expired":
          expired.push(place);
      }
    }
    return (await clearAll(expired, signal)) || done;
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

  async function eraseSaidBy(customer: Place, signal: AbortSignal): Promise<boolean> {
    cutCustomer(customer.id);
    publish(await closeLateChats(storage, customer));
    const chats = await chatsToClear(storage, customer, most);
    if (chats.length > 0) return clearAll(chats, signal);
    const finished = await finishCustomer(storage, customer);
    if (finished === null) return false;
    publish(finished);
    return true;
  }

  /** Tells of all of them first: what is on a screen goes before what is in the database. */
  async function clearAll(places: Place[], signal: AbortSignal): Promise<boolean> {
    const cleared: (Cleared & Place)[] = [];
    const clear = async (place: Place) => {
      const one = await clearConversation(storage, place);
      if (one) cleared.push({ ...one, ...place });
      return one !== null;
    };
    try {
      for (const place of places) if (!signal.aborted) await attempt(() => clear(place));
    } finally {
      tell(cleared);
    }
    for (const place of cleared) if (!signal.aborted) await attempt(() => eraseContent(storage, place));
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

  return every(pollMilliseconds, eraseAll, { logFault });
}
