import type { ChannelCapabilities } from "@grata/contract/channels";
import { kindByName, reasonAgainstFile } from "@grata/contract/file-limits";
import type { useStaged } from "./use-staged.ts";

/** The kinds of files that the channel takes. */
export type FileKinds = ChannelCapabilities["files"];

/** Puts files beside those that are chosen already; what the channel or the server would refuse is told at once. */
export function stage(staged: ReturnType<typeof useStaged>, given: readonly File[], kinds: FileKinds): void {
  const judged = given.map((file) => ({ file, reason: reasonAgainst(file, kinds) }));
  staged.set({
    files: [...staged.files, ...judged.flatMap(({ file, reason }) => (reason === null ? [file] : []))],
    refused: judged.flatMap(({ file, reason }) => (reason === null ? [] : [{ name: file.name, reason }])),
  });
}

function reasonAgainst({ name, size }: File, kinds: FileKinds) {
  const kind = kindByName(name);
  return kind !== null && !kinds.includes(kind) ? ("channel" as const) : reasonAgainstFile(name, size);
}
