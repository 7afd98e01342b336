import { createBlobKeeper } from "@grata/client/browser/blob-keeper";
import { putFile } from "@grata/client/browser/put-file";
import type { Line } from "@grata/client/dial";
import type { Outgoing } from "@grata/client/outgoing";
import { pathOf } from "@grata/client/route-address";
import { createUploads, type Uploads } from "@grata/client/uploads";
import type { Language } from "@grata/contract/languages";
import { uploadFile } from "@grata/contract/routes/files";
import i18next from "i18next";
import { filesPrefix } from "./user-storage.ts";

/** What brings this user's files into their chats, and forgets them when they sign out. */
export type UserUploads = Uploads & { erase(): Promise<void> };

/** A lane of the console's queue is a conversation. */
export function openUploads(options: {
  line: Pick<Line, "state">;
  outgoing: Outgoing;
  userId: string;
  language: Language;
}): UserUploads {
  const { line, outgoing, userId, language } = options;
  const keeper = createBlobKeeper(filesPrefix(userId));
  const uploads = createUploads({
    line,
    outgoing,
    keeper,
    put: ({ lane, file }, blob, onProgress, signal) =>
      putFile({
        address: pathOf(uploadFile, { conversationId: lane, fileId: file.id }),
        headers: { "accept-language": language },
        name: file.name,
        purpose: file.purpose,
        blob,
        onProgress,
        signal,
      }),
    words: (why, status) => i18next.t(`files.unsent.${why}`, { status }),
  });
  return { ...uploads, erase: keeper.clear };
}
