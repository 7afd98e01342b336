import type { Attachment } from "@grata/contract/files";
import { useEffect, useRef, useState } from "preact/hooks";
import { fill } from "../../texts/fill.ts";
import type { VisitorFiles } from "../chat/visitor-files.ts";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { isolate } from "../ui/isolate.ts";
import { useBlobUrl } from "./use-blob-url.ts";

/** How large an image stands in the chat, in pixels. */
const WIDEST = 240;
const HIGHEST = 220;

type Props = { file: Extract<Attachment, { kind: "image" }>; files: VisitorFiles };

/** An image, small; a press shows it in full. */
export function FileImage({ file, files }: Props) {
  const { texts } = useWording();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const url = useBlobUrl(
    () => files.fetch(file.id, "thumbnail"),
    [files, file.id],
    () => setFailed(true),
  );
  const scale = Math.min(1, WIDEST / file.width, HIGHEST / file.height);
  const size = {
    width: Math.max(24, Math.round(file.width * scale)),
    height: Math.max(24, Math.round(file.height * scale)),
  };
  return (
    <>
      <button
        type="button"
        class="file-image"
        ref={button}
        aria-label={fill(texts.openImage, { name: isolate(file.name) })}
        onClick={() => setOpen(true)}
      >
        {failed ? (
          <span>{texts.fileFailed}</span>
        ) : url === null ? (
          <svg {...size} aria-hidden="true" />
        ) : (
          <img src={url} alt={file.name} {...size} />
        )}
      </button>
      {open && (
        <FullImage
          file={file}
          files={files}
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}

function FullImage({ file, files, onClose }: Props & { onClose: () => void }) {
  const { texts } = useWording();
  const close = useRef<HTMLButtonElement>(null);
  const [failed, setFailed] = useState(false);
  const url = useBlobUrl(
    () => files.fetch(file.id, "content"),
    [files, file.id],
    () => setFailed(true),
  );

  useEffect(() => {
    close.current?.focus();
    const press = (event: KeyboardEvent) => {
      // Nothing else can be reached while it is open, and the window stays when it closes.
      if (event.key === "Escape") {
        event.preventDefault();
        onClose();
      } else if (event.key === "Tab") {
        event.preventDefault();
      }
    };
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, []);

  return (
    <div class="viewer" role="dialog" aria-modal="true" aria-label={file.name}>
      <button type="button" ref={close} aria-label={texts.closeImage} onClick={onClose}>
        <Icon name="close" />
      </button>
      {failed ? <p>{texts.fileFailed}</p> : url !== null && <img src={url} alt={file.name} />}
    </div>
  );
}
