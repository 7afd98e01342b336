import type { CustomerDetails } from "@grata/contract/customers";
import type { CustomerExport } from "@grata/contract/transcripts";
import type { Transcript } from "../transcripts/read-transcript.ts";

export type ExportedChat = {
  transcript: Transcript;
  mails: CustomerExport["conversations"][number]["mails"];
};

/** Everything as one JSON text, in the form of `customerExport` of the contract, made while it is read. */
export async function* dataJson(parts: {
  customer: CustomerDetails;
  members: CustomerExport["members"];
  inbox: CustomerExport["inbox"];
  chats: AsyncIterable<ExportedChat>;
  /** Asked for at the end. */
  missingFiles: () => readonly string[];
}): AsyncGenerator<string> {
  yield `{"customer":${JSON.stringify(parts.customer)},\n"members":${JSON.stringify(parts.members)},\n"inbox":${JSON.stringify(parts.inbox)},\n"conversations":[`;
  let betweenChats = "\n";
  for await (const { transcript, mails } of parts.chats) {
    const { head, pages } = transcript;
    yield `${betweenChats}{"conversation":${JSON.stringify(head)},"mails":${JSON.stringify(mails)},"entries":[`;
    let betweenPages = "\n";
    for await (const page of pages()) {
      yield betweenPages + page.map((entry) => JSON.stringify(entry)).join(",\n");
      betweenPages = ",\n";
    }
    yield "]}";
    betweenChats = ",\n";
  }
  yield `],\n"missingFiles":${JSON.stringify(parts.missingFiles())}}\n`;
}
