import { ActionIcon } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { notify } from "../../ui/notices/notices.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { ReleaseIcon } from "../../ui/theme/icons.ts";

/** Gives a chat back to the wait list. What was typed into it stays on screen: nothing has to be asked. */
export function ReleaseButton({ conversationId, name }: { conversationId: string; name: string }) {
  const { t } = useTranslation();
  const { line } = useLive();
  const sentenceOf = useSentence();
  const releasing = useMutation({
    mutationFn: () => line.request("conversation.release", { conversationId }),
    onSuccess: () => notify(t("chats.released", { name })),
    onError: (error) => notify(sentenceOf(error)),
  });
  return (
    <ActionIcon
      variant="subtle"
      size={36}
      aria-label={t("chats.release")}
      title={t("chats.release")}
      loading={releasing.isPending}
      data-shortcut="release"
      onClick={() => releasing.mutate()}
    >
      <ReleaseIcon size={20} aria-hidden />
    </ActionIcon>
  );
}
