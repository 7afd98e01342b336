import { join, resolve } from "node:path";
import type { Configuration } from "../configuration.ts";
import { openDiskStore } from "./store/on-disk.ts";
import type { Files } from "./upload.ts";

/** The file store that the configuration names: by default the folder `files` below the data folder. */
export function openFiles({ dataFolder }: Pick<Configuration, "dataFolder">): Files {
  const folder = join(resolve(dataFolder), "files");
  const incoming = join(folder, "incoming");
  return { store: openDiskStore(folder, incoming), incoming };
}
