import { and, asc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import { conversations } from "../../foundation/schema/conversations.ts";
import { mails } from "../../foundation/schema/mails.ts";
import { fileContents, files } from "../../foundation/schema/media.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { readTranscript } from "../transcripts/read-transcript.ts";
import type { ExportedChat } from "./data-json.ts";

const filesAtOnce = 100;

export type Whose = { organisationId: string; customerIds: string[] };

/** The chats of these customers, the oldest first: each is looked up when its turn comes. */
export async function* readChats(
  storage: Storage,
  whose: Whose,
  timeZone: string,
): AsyncGenerator<ExportedChat> {
  for (let after: string | null = null; ; ) {
    const chat = await storage.inOrganisation(whose.organisationId, (transaction) =>
      readChat(storage, transaction, { ...whose, after }, timeZone),
    );
    if (!chat) return;
    yield chat;
    after = chat.transcript.head.id;
  }
}

async function readChat(
  storage: Storage,
  transaction: Transaction,
  { organisationId, customerIds, after }: Whose & { after: string | null },
  timeZone: string,
): Promise<ExportedChat | null> {
  const [conversation] = await transaction
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        inArray(conversations.customerId, customerIds),
        after === null ? undefined : gt(conversations.id, after),
      ),
    )
    .orderBy(asc(conversations.id))
    .limit(1);
  if (!conversation) return null;
  const sent = await transaction
    .select()
    .from(mails)
    .where(and(eq(mails.organisationId, organisationId), eq(mails.conversationId, conversation.id)))
    .orderBy(asc(mails.id));
  return {
    transcript: await readTranscript(storage, transaction, conversation, timeZone),
    mails: sent.map(({ recipient, state, createdAt, sentAt }) => ({
      recipient,
      state,
      createdAt: createdAt.getTime(),
      sentAt: sentAt?.getTime() ?? null,
    })),
  };
}

export type ExportedFile = {
  id: string;
  kind: "image" | "voice" | "file";
  name: string;
  hash: string;
};

/** The files of a chat's messages, some at a time. */
export async function* readFiles(
  storage: Storage,
  { organisationId, conversationId }: { organisationId: string; conversationId: string },
): AsyncGenerator<ExportedFile> {
  for (let after: string | null = null; ; ) {
    const page: ExportedFile[] = await storage.inOrganisation(organisationId, (transaction) =>
      transaction
        .select({ id: files.id, kind: files.kind, name: files.name, hash: fileContents.hash })
        .from(files)
        .innerJoin(
          fileContents,
          and(
            eq(fileContents.organisationId, files.organisationId),
            eq(fileContents.hash, files.contentHash),
          ),
        )
        .where(
          and(
            eq(files.organisationId, organisationId),
            eq(files.conversationId, conversationId),
            isNotNull(files.sentWith),
            after === null ? undefined : gt(files.id, after),
          ),
        )
        .orderBy(asc(files.id))
        .limit(filesAtOnce),
    );
    yield* page;
    after = page.at(-1)?.id ?? null;
    if (after === null || page.length < filesAtOnce) return;
  }
}
