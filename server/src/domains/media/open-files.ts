import { join, resolve } from "node:path";
import type { Configuration } from "../../foundation/configuration/configuration.ts";
import { createOwnTurns } from "./own-turns.ts";
import { createRoom } from "./room.ts";
import { openDiskStore } from "./store/on-disk.ts";
import { openS3Store } from "./store/on-s3.ts";
import type { Files } from "./upload.ts";
import type { Voices } from "./voice/voices.ts";

/** The file store that the configuration names: a bucket, or the folder `files` of the data folder. */
export function openFiles(
  { dataFolder, filesBucket }: Pick<Configuration, "dataFolder" | "filesBucket">,
  voices: Voices,
  log: { warn(sentence: string): void },
): Files {
  const folder = join(resolve(dataFolder), "files");
  const incoming = join(folder, "incoming");
  return {
    store: filesBucket ? openS3Store(filesBucket) : openDiskStore(folder, incoming),
    incoming,
    voices,
    room: createRoom(incoming, log),
    ownTurns: createOwnTurns(),
  };
}
