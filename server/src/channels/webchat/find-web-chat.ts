import type { WebChatSettings } from "@grata/contract/web-chat";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { completeSettings, type StoredSettings } from "./settings.ts";

export type FoundWebChat = { organisationId: string; id: string; settings: WebChatSettings };

type Row = {
  organisation_id: string;
  id: string;
  name: string;
  allowed_origins: string[] | null;
} & StoredSettings;

/** Finds a web chat by the id in its snippet, whosever it is. Throws `channel_unknown`. */
export async function findWebChat(storage: Storage, id: string): Promise<FoundWebChat> {
  const [row] = await storage.system<Row>("system_webchat", [id]);
  if (!row) throw new Refusal("channel_unknown");
  const settings = completeSettings(row.name, { ...row, allowedOrigins: row.allowed_origins });
  return { organisationId: row.organisation_id, id: row.id, settings };
}
