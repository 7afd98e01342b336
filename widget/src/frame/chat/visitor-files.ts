/** What brings a visitor's files to the server and fetches the team's: loaded when there is one. */
import { createBlobKeeper } from "@grata/client/browser/blob-keeper";
import { putFile } from "@grata/client/browser/put-file";
import type { Line } from "@grata/client/dial";
import type { Outgoing } from "@grata/client/outgoing";
import { pathOf } from "@grata/client/route-address";
import { createUploads, type Uploads } from "@grata/client/uploads";
import type { FilePart } from "@grata/contract/files";
import type { Language } from "@grata/contract/languages";
import { readVisitorFile, uploadVisitorFile } from "@grata/contract/routes/files";
import english from "../../texts/uploads.en.json";
import simplifiedChinese from "../../texts/uploads.zh-Hans.json";
import traditionalChinese from "../../texts/uploads.zh-Hant.json";

export type VisitorFiles = Uploads & {
  /** Whose they are. */
  scope: string;
  /** A file of a message; what was fetched lately is not fetched again. */
  fetch(fileId: string, part: FilePart): Promise<Blob>;
  /** Removes what this browser still has of them. */
  erase(): Promise<void>;
};

const FETCHED_KEPT = 40;

/** Here and not fetched when they are needed: something is wrong with the network then. */
const words = { en: english, "zh-Hans": simplifiedChinese, "zh-Hant": traditionalChinese };

/** The token goes in a header and never in an address, so that a picture is fetched and shown as a blob. */
export function openFiles(options: {
  line: Pick<Line, "state">;
  outgoing: Outgoing;
  /** Whose they are. */
  scope: string;
  origin: string;
  channelId: string;
  language: Language;
  token: () => string;
}): VisitorFiles {
  const { line, outgoing, scope, origin, channelId, language, token } = options;
  const headers = () => ({ authorization: `Bearer ${token()}`, "accept-language": language });
  const fetched = new Map<string, Promise<Blob>>();
  const keeper = createBlobKeeper(`${scope}.file.`);
  const uploads = createUploads({
    line,
    outgoing,
    keeper,
    put: ({ file }, blob, onProgress, signal) =>
      putFile({
        address: origin + pathOf(uploadVisitorFile, { channelId, fileId: file.id }),
        headers: headers(),
        name: file.name,
        purpose: file.purpose,
        blob,
        onProgress,
        signal,
      }),
    words: (why, status) => words[language][why].replace("{status}", String(status)),
  });

  async function load(path: string): Promise<Blob> {
    const response = await fetch(path, { headers: headers() });
    // A page is nothing of ours: a network that asks for a login answers with one in our place.
    if (!response.ok || response.headers.get("content-type")?.startsWith("text/html")) {
      throw new Error("the file did not come");
    }
    return response.blob();
  }

  return {
    ...uploads,
    scope,
    erase: keeper.clear,
    fetch(fileId, part) {
      const path = origin + pathOf(readVisitorFile, { channelId, fileId, part });
      const known = fetched.get(path) ?? load(path);
      fetched.delete(path);
      fetched.set(path, known);
      known.catch(() => fetched.delete(path));
      const [oldest] = fetched.keys();
      if (oldest !== undefined && fetched.size > FETCHED_KEPT) {
        fetched.delete(oldest);
      }
      return known;
    },
  };
}
