import type { CurrentConversation } from "@grata/contract/conversations";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { replaceShown } from "../../ui/keys/settling.ts";
import { notify } from "../../ui/notices/notices.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";

/** Claims by `claim` and shows the chat; a lost race is told in the server's sentence. */
export function useClaim<Wish>(claim: (wish: Wish) => Promise<CurrentConversation>, onClaimed?: () => void) {
  const navigate = useNavigate();
  const sentenceOf = useSentence();
  return useMutation({
    mutationFn: claim,
    onSuccess: async ({ id }) => {
      onClaimed?.();
      // The answer may come while the agent is busy with the chat on screen.
      replaceShown(id);
      await navigate({ to: "/console/chats/$conversationId", params: { conversationId: id } });
    },
    onError: (error) => notify(sentenceOf(error)),
  });
}
