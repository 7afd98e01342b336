import type { Channel } from "../port.ts";

/** The chat window on a web site. Its client speaks our realtime contract and fetches the log itself. */
export const webchat: Channel = { kind: "webchat", reach: "fetched" };
