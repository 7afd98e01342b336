import * as z from "zod/mini";
import { orOther } from "./other.ts";

/** Every kind of channel, declared once: schemas, tables and the registry take it from here. */
export const channelKind = z.enum(["webchat"]);
export type ChannelKind = z.infer<typeof channelKind>;

/** The same as clients read it. */
export const shownChannelKind = orOther(channelKind.options);
