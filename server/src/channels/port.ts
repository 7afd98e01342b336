import type { ChannelKind } from "@grata/contract/channels";
import type { Outgoing } from "../domains/deliveries/parcel.ts";

/** One kind of channel, as the rest of the program knows it. */
export type Channel = { kind: ChannelKind } & Outgoing;

/** Looks a kind of channel up in the registry. */
export type ChannelOf = (kind: ChannelKind) => Channel;
