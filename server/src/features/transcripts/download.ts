import type { TranscriptQuery } from "@grata/contract/transcripts";
import { findConversation } from "../../domains/conversations/find.ts";
import { withServedNow } from "../../domains/conversations/served-now.ts";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requireBeforehand } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { asCsv } from "./as-csv.ts";
import { asHtml } from "./as-html.ts";
import { asJson } from "./as-json.ts";
import { readTranscript, type Transcript } from "./read-transcript.ts";

const mediaTypes = {
  html: "text/html; charset=utf-8",
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

type Wanted = { conversationId: string } & Required<TranscriptQuery>;

/** The transcript of a conversation as a file, for whoever of the team may read it. Throws `conversation_unknown`. */
export async function downloadTranscript(
  storage: Storage,
  principal: Principal,
  { conversationId, format, language, timeZone }: Wanted,
) {
  if (principal.kind !== "user") throw new Refusal("sign_in_required");
  requireBeforehand(principal, "conversation.read");
  const { organisationId } = principal;
  const transcript = await storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, conversationId);
    requireAccess(principal, "conversation.read", await withServedNow(transaction, principal, conversation));
    return readTranscript(storage, transaction, conversation, timeZone);
  });
  return {
    name: `${transcriptName(transcript)}.${format}`,
    mediaType: mediaTypes[format],
    content: written(transcript, format, language),
  };
}

/** Nothing that a customer wrote stands in the name of a file. */
export function transcriptName({ head }: Transcript): string {
  return `chat-${head.customer.reference}-${head.opened.time.slice(0, 10)}`;
}

function written(transcript: Transcript, format: Wanted["format"], language: Wanted["language"]) {
  switch (format) {
    case "html":
      return asHtml(transcript, language);
    case "json":
      return asJson(transcript);
    case "csv":
      return asCsv(transcript, language);
  }
}
