import type { ChannelRegistry, ChannelServices } from "../channels/port.ts";
import type { ResolveText } from "../domains/organisations/sign-in-page/resolve-text.ts";
import type { PushServices } from "../features/pushes/services.ts";

/** Everything that the routes and socket requests of a node stand on; made once, by `startNode`. */
export type Services = ChannelServices & {
  channels: ChannelRegistry;
  /** First parts of addresses that no organisation's own sign-in page may have. */
  reservedSlugs: ReadonlySet<string>;
  /** Which addresses may be called to push. */
  pushServices: PushServices;
  /** Reads TXT records from the DNS. */
  resolveText: ResolveText;
};
