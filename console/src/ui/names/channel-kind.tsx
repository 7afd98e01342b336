import { ChatIcon, WebChatIcon } from "../theme/icons.ts";

/** How the kinds of channels that this release knows are shown; any other is shown as a channel. */
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
