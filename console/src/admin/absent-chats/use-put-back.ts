import type { AbsentChat } from "@grata/contract/absent-chats";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { putBack } from "./requests.ts";

/** Puts chats of an agent back on the wait list, these or all, and says how many went. */
export function usePutBack(agent: AbsentChat["agent"]) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const putting = useMutation({
    mutationFn: (conversationIds: string[] | undefined) =>
      putBack({ userId: agent.id, ...(conversationIds && { conversationIds }) }),
    onSuccess: (count) =>
      notify(
        count > 0 ? t("absentChats.done", { count }) : t("absentChats.back", { name: plainLine(agent.name) }),
      ),
    onError: (error) => notify(sentenceOf(error)),
  });
  return {
    put: (conversationIds?: string[]) => putting.mutate(conversationIds),
    pending: putting.isPending,
  };
}
