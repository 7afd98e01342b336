import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../live/live-provider.tsx";
import { forgetSession } from "../../session/begin-session.ts";
import { signOut } from "../../session/session-requests.ts";
import { notify } from "../../ui/notices/notices.ts";
import { localPort } from "../../ui/store/browser-storage.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { countLosses, type Losses } from "./sign-out-losses.ts";

/** Where the reader stands on the way out. */
export interface SigningOut {
  /** What they are asked about; null while there is no question. */
  losses: Losses | null;
  pending: boolean;
  /** Signs out, or asks first when something would be left behind. */
  ask: () => void;
  confirm: () => void;
  stay: () => void;
}

/** The way out of the console. */
export function useSignOut(): SigningOut {
  const live = useLive();
  const navigate = useNavigate();
  const sentenceOf = useSentence();
  const [losses, setLosses] = useState<Losses | null>(null);
  const leaving = useMutation({
    mutationFn: () => live.leave(signOut),
    onSuccess: async () => {
      forgetSession();
      await navigate({ to: "/sign-in" });
    },
    onError: (error) => notify(sentenceOf(error)),
  });
  return {
    losses,
    pending: leaving.isPending,
    ask: () => {
      const found = countLosses(live, localPort);
      if (found === null) {
        leaving.mutate();
      } else {
        setLosses(found);
      }
    },
    confirm: () => leaving.mutate(),
    stay: () => setLosses(null),
  };
}
