import { reasonAgainstFile } from "@grata/contract/file-limits";
import type { useStaged } from "./use-staged.ts";

/** Puts files beside those that are chosen already; what the server would refuse is told at once. */
export function stage(staged: ReturnType<typeof useStaged>, given: readonly File[]): void {
  const judged = given.map((file) => ({ file, reason: reasonAgainstFile(file.name, file.size) }));
  staged.set({
    files: [...staged.files, ...judged.flatMap(({ file, reason }) => (reason === null ? [file] : []))],
    refused: judged.flatMap(({ file, reason }) => (reason === null ? [] : [{ name: file.name, reason }])),
  });
}
