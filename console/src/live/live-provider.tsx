import { connect } from "@grata/client/connection";
import type { EndReason } from "@grata/contract/realtime";
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from "react";
import { localPort } from "../ui/store/browser-storage.ts";
import { useLanguage } from "../ui/texts/use-language.ts";
import { type LiveSession, openLiveSession } from "./live-session.ts";
import { refreshCustomers } from "./refresh-customers.ts";

const LiveContext = createContext<LiveSession | null>(null);

interface LiveProviderProps {
  user: { id: string; name: string };
  onEnded: (reason: EndReason) => void;
  onFactorOwed: () => void;
  children: ReactNode;
}

/**
 * Connects the signed-in user for as long as it is on the page. A switch of the language connects anew, because the
 * server's sentences come in the language of the handshake.
 */
export function LiveProvider({ user, onEnded, onFactorOwed, children }: LiveProviderProps) {
  const { id, name } = user;
  const language = useLanguage();
  const [live, setLive] = useState<LiveSession | null>(null);
  const ended = useEffectEvent(onEnded);
  const factorOwed = useEffectEvent(onFactorOwed);
  useEffect(() => {
    const opened = openLiveSession({
      user: { id, name },
      language,
      storage: localPort,
      connect,
      onEnded: (reason) => ended(reason),
      onFactorOwed: () => factorOwed(),
      onCustomers: refreshCustomers,
    });
    setLive(opened);
    window.addEventListener("online", opened.reconnect);
    return () => {
      window.removeEventListener("online", opened.reconnect);
      opened.dispose();
    };
  }, [id, name, language]);
  return live !== null && <LiveContext value={live}>{children}</LiveContext>;
}

/** The live state of the signed-in user. */
export function useLive(): LiveSession {
  const live = use(LiveContext);
  if (live === null) {
    throw new Error("useLive needs a LiveProvider around it");
  }
  return live;
}
