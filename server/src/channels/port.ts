import type { Occurrence } from "@grata/contract/entries";

export type ChannelKind = "webchat";

/** What goes out to a customer: one entry of the log. */
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

/**
 * What Grata needs to know of a kind of channel. `fetched`: the customer's client reads the log itself, over our own
 * realtime path. `delivered`: each entry is handed to `deliver`, one at a time and in order for each customer.
 */
export type Channel =
  | { kind: ChannelKind; reach: "fetched" }
  | { kind: ChannelKind; reach: "delivered"; deliver(parcel: Parcel): Promise<DeliveryOutcome> };

/** Looks a kind of channel up in the registry. */
export type ChannelOf = (kind: ChannelKind) => Channel;
export type ReachOf = (kind: ChannelKind) => Channel["reach"];
