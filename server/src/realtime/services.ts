import type { ChannelRegistry } from "../channels/port.ts";
import type { AppendWriter } from "../domains/conversations/append/writer.ts";
import type { Publishing } from "../domains/conversations/changes.ts";
import type { Context } from "../foundation/http/context.ts";

/** The services that handshakes and socket requests need. */
export type RealtimeServices = Context & Publishing & { writer: AppendWriter; channels: ChannelRegistry };
