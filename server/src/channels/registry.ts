import type { ChannelCapabilities } from "@grata/contract/channels";
import { ownSecretColumns } from "../foundation/secrets/columns.ts";
import type { Channel, ChannelRegistry } from "./port.ts";

/** Capabilities assumed for an unknown kind of channel; a node that knows the kind delivers. */
const unknown: ChannelCapabilities = {
  reply: "push",
  files: [],
  voice: false,
  textLimit: null,
  replyWindow: null,
  answersByMail: false,
  identities: "webchat",
};

/** Makes a registry of these channels. */
export function createChannelRegistry(channels: readonly Channel[]): ChannelRegistry {
  for (const { kind, capabilities, deliver } of channels) {
    if ((capabilities.reply === "push") !== (deliver !== undefined)) {
      throw new Error(`The channel ${kind} delivers exactly where answers are pushed to it.`);
    }
  }
  const byKind = new Map(channels.map((channel) => [channel.kind, channel]));
  return {
    all: channels,
    find: (kind) => byKind.get(kind),
    secretColumns: Object.assign({}, ownSecretColumns, ...channels.map(({ secrets }) => secrets)),
    capabilitiesOf: (kind) => byKind.get(kind)?.capabilities ?? unknown,
  };
}
