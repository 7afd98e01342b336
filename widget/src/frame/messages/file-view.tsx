import { formatBytes } from "@grata/client/format-bytes";
import { kindByName } from "@grata/contract/file-limits";
import { useEffect, useState } from "preact/hooks";
import { fill } from "../../texts/fill.ts";
import type { Chat } from "../chat/chat.ts";
import { FileImage } from "./file-image.tsx";
import type { FileProps } from "./file-slot.tsx";
import "./files.css";
import type { VisitorFiles } from "../chat/visitor-files.ts";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { isolate } from "../ui/isolate.ts";
import { useObservable } from "../ui/use-observable.ts";
import { useBlobUrl } from "./use-blob-url.ts";
import { VoiceMessage } from "./voice/voice-message.tsx";

/** What a message carries: an image small, everything else by its name, to be downloaded. */
export function FileView({ line, file, chat }: FileProps) {
  const files = useFiles(chat);
  if (files === null) {
    return null;
  }
  if ("kind" in file && file.kind === "image") {
    return <FileImage file={file} files={files} />;
  }
  if ("kind" in file && file.kind === "voice") {
    return (
      <div class="bubble">
        <VoiceMessage file={file} own={line.own} files={files} chat={chat} />
      </div>
    );
  }
  return <FileRow line={line} file={file} chat={chat} files={files} />;
}

function FileRow({ line, file, chat, files }: FileProps & { files: VisitorFiles }) {
  const { texts } = useWording();
  const stored = "kind" in file;
  const [failed, setFailed] = useState(false);
  const name = isolate(file.name);
  return (
    <div class="bubble file">
      {!stored && kindByName(file.name) === "image" && <OwnImage fileId={file.id} files={files} />}
      <div class="file-row">
        <span class="file-words">
          <bdi>{file.name}</bdi>
          <small>{formatBytes(file.bytes, document.documentElement.lang)}</small>
        </span>
        {stored && (
          <button
            type="button"
            class="quiet"
            aria-label={fill(texts.download, { name })}
            title={fill(texts.download, { name })}
            onClick={() => {
              setFailed(false);
              save(files, file.id, file.name).catch(() => setFailed(true));
            }}
          >
            <Icon name="download" />
          </button>
        )}
      </div>
      {failed && <span role="alert">{texts.fileFailed}</span>}
      {line.state.kind === "uploading" && (
        <div class="file-row">
          <Progress files={files} clientId={line.key} label={fill(texts.uploading, { name })} />
          <button
            type="button"
            class="quiet"
            aria-label={fill(texts.cancelUpload, { name })}
            onClick={() => chat.discard(line.key)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}

function Progress({ files, clientId, label }: { files: VisitorFiles; clientId: string; label: string }) {
  const done = useObservable(files.progress).get(clientId);
  return <progress aria-label={label} {...(done !== undefined && done < 1 && { value: done })} />;
}

function OwnImage({ fileId, files }: { fileId: string; files: VisitorFiles }) {
  const url = useBlobUrl(() => files.find(fileId), [fileId]);
  return url === null ? null : <img src={url} alt="" />;
}

async function save(files: VisitorFiles, fileId: string, name: string): Promise<void> {
  const address = URL.createObjectURL(await files.fetch(fileId, "content"));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has begun to save it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function useFiles(chat: Chat): VisitorFiles | null {
  const [files, setFiles] = useState<VisitorFiles | null>(null);
  useEffect(() => {
    let gone = false;
    void chat.files().then(
      (opened) => !gone && setFiles(opened),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [chat]);
  return files;
}
