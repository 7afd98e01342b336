import { useEffect, useState } from "react";
import { type PopUpPermission, popUpPermission } from "./pop-up-permission.ts";

/** What the browser says of pop-ups, also after it was changed in its own settings; and the question for it. */
export function usePopUpPermission(): [permission: PopUpPermission, ask: () => Promise<void>] {
  const [permission, setPermission] = useState(popUpPermission);
  useEffect(() => {
    const listening = new AbortController();
    // Firefox and Safari tell of it in different ways, and looking again costs nothing.
    const look = () => setPermission(popUpPermission());
    window.addEventListener("focus", look, { signal: listening.signal });
    navigator.permissions
      ?.query({ name: "notifications" })
      .then((status) => status.addEventListener("change", look, { signal: listening.signal }))
      .catch(() => undefined);
    return () => listening.abort();
  }, []);
  return [
    permission,
    async () => {
      await Notification.requestPermission();
      setPermission(popUpPermission());
    },
  ];
}
