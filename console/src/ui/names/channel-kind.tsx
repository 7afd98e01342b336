import { ChatIcon, WebChatIcon } from "../theme/icons.ts";

/** Name and sign of each kind of channel that this release knows; any other kind gets neutral ones. */
const known: Record<string, { name: "details.kinds.webchat"; Icon: typeof ChatIcon }> = {
  webchat: { name: "details.kinds.webchat", Icon: WebChatIcon },
};

/** The key of the name of a kind of channel. */
export const channelKindName = (kind: string) => known[kind]?.name ?? "details.kinds.other";

/** The sign of a kind of channel, beside the channel's name. */
export function ChannelIcon({ kind, size }: { kind: string; size: number }) {
  const Icon = known[kind]?.Icon ?? ChatIcon;
  return <Icon size={size} aria-hidden />;
}
