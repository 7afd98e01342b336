import type { Occurrence } from "@grata/contract/entries";
import type { Postponed } from "../../foundation/jobs/leased.ts";

/** One entry of the log on its way out to a customer. */
export type Parcel = {
  organisationId: string;
  channelId: string;
  customerId: string;
  /** Every id by which the channel knows the customer. */
  identities: { kind: string; externalId: string }[];
  conversationId: string;
  seq: number;
  occurrence: Occurrence;
  /** Name that the customer sees for the author. The occurrence has the rest of an identity. */
  authorName: string | null;
};

/**
 * How an attempt ended. `refused` is for good, and the lane goes on with the next one; `postponed` is tried again;
 * `unconfirmed` may have arrived, and is never sent again by itself. The agent reads the reason: one of the contract's, in
 * their language, or the channel's own words.
 */
export type DeliveryOutcome =
  | { kind: "delivered" }
  | { kind: "refused"; reason: string }
  | Postponed
  | { kind: "unconfirmed"; reason: string };

/** An outcome after which the delivery is over. */
export type Settled = Exclude<DeliveryOutcome, { kind: "postponed" }>;

/**
 * How each kind of channel that a node knows hands an entry to its customer, by the kind: one at a time and in order for
 * each customer. Kinds whose customers' clients read the log themselves are not among them.
 */
export type Deliverers = ReadonlyMap<string, (parcel: Parcel) => Promise<DeliveryOutcome>>;
