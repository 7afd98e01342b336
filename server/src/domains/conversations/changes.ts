import type { Delivery } from "@grata/contract/entries";
import type { Entry } from "./entry.ts";
import type { CurrentLine, WaitingLine } from "./present.ts";

/**
 * What an action changed, once it is committed. Actions return it; the caller publishes it. Losing one is harmless:
 * heads and versions in the database tell every client what it missed.
 */
export type Change =
  | {
      kind: "entries";
      organisationId: string;
      conversationId: string;
      customerId: string;
      /** Team members who hear of them: the serving agent, or all who see the queue it waits in. */
      team: { userId: string } | { queueId: string } | null;
      entries: Entry[];
      /** The connection that already knows, because the entries were its own and are in its answer. */
      knownTo: string | null;
    }
  | {
      /** Delivery states of messages that changed. */
      kind: "deliveries";
      organisationId: string;
      conversationId: string;
      team: { userId: string } | { queueId: string } | null;
      states: DeliveryChange[];
    }
  | {
      /** Somebody writes, or stopped. Not stored, so nothing repairs it: its hearers let it lapse. */
      kind: "typing";
      conversationId: string;
      by: "customer" | "user";
      typing: boolean;
      to: { customerId: string } | { userId: string };
    }
  | {
      kind: "waiting";
      organisationId: string;
      queueId: string;
      version: number;
      total: number;
      changed: WaitingLine[];
      removed: string[];
    }
  | {
      kind: "current";
      organisationId: string;
      userId: string;
      version: number;
      changed: CurrentLine[];
      removed: string[];
    }
  | {
      /** Something is known anew of these customers; null: of any. Not what: each who may see them asks. */
      kind: "customer";
      organisationId: string;
      customerIds: string[] | null;
    }
  | {
      /** What was said in these conversations was erased, whoever may have them on screen. */
      kind: "erased";
      organisationId: string;
      conversations: { conversationId: string; head: number }[];
    }
  | {
      /** A chat came into a user's list by another's doing. Not stored: the list itself is the truth. */
      kind: "handed";
      userId: string;
      conversationId: string;
      by: string;
    }
  | {
      /** A note mentions these users. */
      kind: "mentioned";
      userIds: string[];
      conversationId: string;
      by: string;
      text: string;
    }
  | {
      kind: "read";
      userId: string;
      conversationId: string;
      seq: number;
      /** The connection that said so. */
      knownTo: string | null;
    };

/** The state that a message came into, and the number of that change in its conversation. */
export type DeliveryChange = {
  seq: number;
  delivery: Delivery;
  deliveryVersion: number;
  deliveryReason: string | null;
};

export type Publish = (changes: Change[]) => void;

/** Tells everybody who may hear of it what an action changed. */
export type Publishing = { publish: Publish };
