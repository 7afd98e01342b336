import { formatBytes } from "@grata/client/format-bytes";
import { reasonAgainstFile } from "@grata/contract/file-limits";
import { fill } from "../../texts/fill.ts";
import "./staged-files.css";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { isolate } from "../ui/isolate.ts";

export type Staged = { files: readonly File[]; refused: readonly { file: File; reason: Reason }[] };
type Reason = NonNullable<ReturnType<typeof reasonAgainstFile>>;

/** Puts files beside those that are chosen already; what the server would refuse is told at once. */
export function stage(staged: Staged, given: readonly File[]): Staged {
  const judged = given.map((file) => ({ file, reason: reasonAgainstFile(file.name, file.size) }));
  return {
    files: [...staged.files, ...judged.flatMap(({ file, reason }) => (reason === null ? [file] : []))],
    refused: judged.flatMap(({ file, reason }) => (reason === null ? [] : [{ file, reason }])),
  };
}

/** What will be sent with the next message, and what cannot be. */
export function StagedFiles({ staged, onChange }: { staged: Staged; onChange: (next: Staged) => void }) {
  const { texts } = useWording();
  const reasons: Record<Reason, string> = {
    file_type_refused: texts.fileRefused,
    file_too_large: texts.fileTooLarge,
    file_empty: texts.fileEmpty,
  };
  return (
    <>
      <ul class="staged">
        {staged.files.map((file) => (
          <li key={`${file.name} ${file.lastModified}`}>
            <bdi>{file.name}</bdi> <small>{formatBytes(file.size, document.documentElement.lang)}</small>
            <button
              type="button"
              class="quiet"
              aria-label={fill(texts.removeFile, { name: isolate(file.name) })}
              onClick={() => onChange({ files: staged.files.filter((one) => one !== file), refused: [] })}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <div role="alert">
        {staged.refused.map(({ file, reason }) => (
          <p class="note bad" key={file.name}>
            <bdi>{file.name}</bdi>: {reasons[reason]}
          </p>
        ))}
      </div>
    </>
  );
}
