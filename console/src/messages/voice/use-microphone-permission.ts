import { askForMicrophone, type Hindrance, knownHindrance } from "@grata/client/browser/voice/microphone";
import { useEffect, useState } from "react";

/** What the browser says of the microphone on this page. */
export type MicrophonePermission = PermissionState | "insecure" | "unsupported";

/**
 * The permission, also after it was changed in the browser's own settings; undefined until the browser has said it. And
 * the question for it, which resolves with what hinders.
 */
export function useMicrophonePermission(): [
  permission: MicrophonePermission | undefined,
  ask: () => Promise<Hindrance | undefined>,
] {
  const [permission, setPermission] = useState<MicrophonePermission>();
  useEffect(() => {
    const listening = new AbortController();
    const known = knownHindrance();
    if (known === "insecure" || known === "unsupported") {
      setPermission(known);
      return;
    }
    navigator.permissions
      .query({ name: "microphone" as PermissionName })
      .then((status) => {
        if (listening.signal.aborted) return;
        const look = () => setPermission(status.state);
        look();
        status.addEventListener("change", look, { signal: listening.signal });
      })
      // A browser that does not say it beforehand can still be asked.
      .catch(() => setPermission("prompt"));
    return () => listening.abort();
  }, []);
  return [
    permission,
    async () => {
      const hindrance = await askForMicrophone();
      if (hindrance === undefined) setPermission("granted");
      if (hindrance === "refused") setPermission("denied");
      return hindrance;
    },
  ];
}
