import { join, resolve } from "node:path";
import type { Configuration } from "../configuration.ts";
import { openDiskStore } from "./store/on-disk.ts";
import type { Files } from "./upload.ts";
import type { Voices } from "./voice/voices.ts";

/** The file store that the configuration names: by default the folder `files` below the data folder. */
export function openFiles({ dataFolder }: Pick<Configuration, "dataFolder">, voices: Voices): Files {
  const folder = join(resolve(dataFolder), "files");
  const incoming = join(folder, "incoming");
  return { store: openDiskStore(folder, incoming), incoming, voices };
}
