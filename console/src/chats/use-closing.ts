import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { notify } from "../notices/notices.ts";
import { useSentence } from "../session/use-sentence.ts";
import { discardTyped, findTyped } from "./typed.ts";

/** Closes a chat; asks first when something that was written into it would be thrown away. */
export function useClosing(conversationId: string, name: string) {
  const { t } = useTranslation();
  const live = useLive();
  const sentenceOf = useSentence();
  const [asks, setAsks] = useState(false);
  const closing = useMutation({
    mutationFn: () => live.actions.close(conversationId),
    onSuccess: () => {
      discardTyped(live, conversationId);
      notify(t("chats.closed", { name }));
    },
    onError: (error) => notify(sentenceOf(error)),
    onSettled: () => setAsks(false),
  });
  return {
    closing: closing.isPending,
    asks,
    ask: () => {
      if (findTyped(live, conversationId) === null) {
        closing.mutate();
      } else {
        setAsks(true);
      }
    },
    confirm: () => closing.mutate(),
    cancel: () => setAsks(false),
  };
}
