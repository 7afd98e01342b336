import type { ChannelKind } from "@grata/contract/channels";
import type { Channel } from "../channels/port.ts";
import { webchat } from "../channels/webchat/channel.ts";

/** Every kind of channel. A new one is a new folder and one line here. */
const registry: { [Kind in ChannelKind]: Channel } = { webchat };

/** The channel of this kind. */
export function channelOf(kind: ChannelKind): Channel {
  return registry[kind];
}
