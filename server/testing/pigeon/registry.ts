import { shippedChannels } from "../../src/app/channel-registry.ts";
import { createChannelRegistry } from "../../src/channels/registry.ts";
import { pigeonChannel } from "./channel.ts";

/** The kinds that are shipped, and this one: all that a node has to be told. */
export const withPigeons = (platform: string) =>
  createChannelRegistry([...shippedChannels.all, pigeonChannel(platform)]);
