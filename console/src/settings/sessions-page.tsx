import { Button, Loader } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SessionList } from "../account/sessions/session-list.tsx";
import { notify } from "../ui/notices/notices.ts";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { OwnPage } from "./own-page.tsx";
import { endOtherSessions, endSession, ownSessionsQuery } from "./requests.ts";

/** Where the user is signed in, and the end of what they do not know. */
export function SessionsPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const list = useQuery(ownSessionsQuery);
  const ending = useMutation({
    mutationFn: (id: string | null) => (id === null ? endOtherSessions() : endSession(id)),
    onSuccess: () => notify(t("sessions.ended")),
    onError: (error) => notify(sentenceOf(error)),
    onSettled: () => list.refetch(),
  });
  const others = list.data?.filter(({ current }) => !current).length ?? 0;
  return (
    <OwnPage title={t("sessions.title")} lead={t("sessions.lead")}>
      {list.isPending && <Loader aria-label={t("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.isSuccess && <SessionList sessions={list.data} onEnd={({ id }) => ending.mutate(id)} />}
      {others > 1 && (
        <Button variant="default" w="fit-content" onClick={() => ending.mutate(null)}>
          {t("sessions.endOthers")}
        </Button>
      )}
    </OwnPage>
  );
}
