import type { AppendWriter } from "../conversations/append/writer.ts";
import type { Publishing } from "../conversations/changes.ts";
import type { Context } from "../http/context.ts";

/** The services that handshakes and socket requests need. */
export type RealtimeServices = Context & Publishing & { writer: AppendWriter };
