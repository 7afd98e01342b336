import type { ChannelKind } from "@grata/contract/channels";
import type { Occurrence } from "@grata/contract/entries";

/** One entry of the log on its way out to a customer. */
export type Parcel = {
  organisationId: string;
  channelId: string;
  customerId: string;
  conversationId: string;
  seq: number;
  occurrence: Occurrence;
  /** The identity under which it was written. */
  authorName: string | null;
};

/**
 * How an attempt ended. `refused` is for good, and the lane goes on with the next one; `postponed` is tried again;
 * `unconfirmed` may have arrived, and is never sent again by itself.
 */
export type DeliveryOutcome =
  | { kind: "delivered" }
  | { kind: "refused"; reason: string }
  | { kind: "postponed"; reason: string }
  | { kind: "unconfirmed"; reason: string };

/** An outcome after which the delivery is over. */
export type Settled = Exclude<DeliveryOutcome, { kind: "postponed" }>;

/**
 * The outgoing half of a channel. `fetched`: the customer's client reads the log itself, over our own realtime path.
 * `delivered`: each entry is handed to `deliver`, one at a time and in order for each customer.
 */
export type Outgoing =
  | { reach: "fetched" }
  | { reach: "delivered"; deliver(parcel: Parcel): Promise<DeliveryOutcome> };

/** Looks up the outgoing half of a kind of channel. */
export type OutgoingOf = (kind: ChannelKind) => Outgoing;
