import { useEffect, useState } from "preact/hooks";

/** An address on this page of what `find` resolves to, or null; `failed` is told when it rejects. */
export function useBlobUrl(
  find: () => Promise<Blob | undefined>,
  dependencies: readonly unknown[],
  failed?: () => void,
): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    find().then(
      (blob) => {
        if (blob && !gone) {
          made = URL.createObjectURL(blob);
          setUrl(made);
        }
      },
      () => !gone && failed?.(),
    );
    return () => {
      gone = true;
      if (made !== undefined) {
        URL.revokeObjectURL(made);
      }
      setUrl(null);
    };
  }, dependencies);
  return url;
}
