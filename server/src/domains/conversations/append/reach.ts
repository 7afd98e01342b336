import type { ChannelKind } from "@grata/contract/channels";

/**
 * How entries get to the customers of a channel. `fetched`: the customer's client reads the log itself, over our own
 * realtime path. `delivered`: a worker hands each entry to the channel.
 */
export type Reach = "fetched" | "delivered";

/** Looks up how a kind of channel reaches its customers. */
export type ReachOf = (kind: ChannelKind) => Reach;
