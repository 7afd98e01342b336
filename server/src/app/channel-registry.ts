import type { ShippedKind } from "@grata/contract/channels";
import type { Channel } from "../channels/port.ts";
import { createChannelRegistry } from "../channels/registry.ts";
import { webchat } from "../channels/webchat/channel.ts";

/** Every kind of channel that is shipped. A new one is a new folder, its kind in the contract, and one line here. */
const shipped: { [Kind in ShippedKind]: Channel & { kind: Kind } } = { webchat };

export const shippedChannels = createChannelRegistry(Object.values(shipped));
