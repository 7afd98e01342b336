import { RequestFailed } from "@grata/client/failures";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatFacts } from "../customers/use-chat-facts.ts";
import { useLive } from "../live/live-provider.tsx";
import { replaceShown } from "../ui/keys/settling.ts";
import { notify } from "../ui/notices/notices.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { discardTyped, findTyped, restoreTyped, type Typed } from "./typed.ts";

/**
 * Closes a chat. Asks first when its customer waits for a reply, or when something that was written into it would be
 * thrown away. For a while afterwards the closing can be taken back, with what was thrown away.
 */
export function useClosing({ id: conversationId, unansweredSince }: ChatFacts, name: string) {
  const { t } = useTranslation();
  const live = useLive();
  const navigate = useNavigate();
  const sentenceOf = useSentence();
  const [asks, setAsks] = useState(false);

  async function takeBack(typed: Typed | null): Promise<string> {
    await live.actions.reopen(conversationId);
    restoreTyped(live, conversationId, typed);
    replaceShown(conversationId);
    await navigate({ to: "/console/chats/$conversationId", params: { conversationId } });
    return t("chats.reopened", { name });
  }

  const closing = useMutation({
    mutationFn: () => live.actions.close(conversationId),
    onSuccess: () => {
      setAsks(false);
      const typed = discardTyped(live, conversationId);
      notify(t("chats.closed", { name }), () => takeBack(typed));
    },
    onError: (error) => {
      notify(sentenceOf(error));
      setAsks(error instanceof RequestFailed && error.failure.code === "customer_wrote_meanwhile");
    },
  });
  return {
    closing: closing.isPending,
    asks,
    ask: () => {
      if (unansweredSince === null && findTyped(live, conversationId) === null) {
        closing.mutate();
      } else {
        setAsks(true);
      }
    },
    confirm: () => closing.mutate(),
    cancel: () => setAsks(false),
  };
}
