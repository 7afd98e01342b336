import { useEffect, useState } from "react";
import { useLive } from "../../live/live-provider.tsx";
import { useBlobUrl } from "./use-blob-url.ts";

/** An address on this page of a file that is on its way, or null; null too for no file. */
export function useOutgoingUrl(fileId: string | null): string | null {
  const { uploads } = useLive();
  const [blob, setBlob] = useState<Blob | null>(null);
  useEffect(() => {
    let gone = false;
    if (fileId !== null) {
      void uploads()
        .then((open) => open.find(fileId))
        .then(
          (found) => !gone && setBlob(found ?? null),
          () => undefined,
        );
    }
    return () => {
      gone = true;
    };
  }, [uploads, fileId]);
  return useBlobUrl(fileId === null ? null : blob);
}
