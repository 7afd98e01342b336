import * as z from "zod/mini";

/** Every kind of channel, declared once: schemas, tables and the registry take it from here. */
export const channelKind = z.enum(["webchat"]);
export type ChannelKind = z.infer<typeof channelKind>;
