import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { notify } from "../ui/notices/notices.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { ownPauseOf } from "./own-pause.ts";

/** Whether the user pauses, and what begins or ends it. What it means is said each time. */
export function useOwnPause() {
  const { t } = useTranslation();
  const own = ownPauseOf(useLive());
  const sentenceOf = useSentence();
  const paused = useObservable(own);
  const changing = useMutation({
    mutationFn: (wanted: boolean) => own.change(wanted),
    onSuccess: (_, wanted) => notify(t(wanted ? "presence.began" : "presence.ended")),
    onError: (error) => notify(sentenceOf(error)),
  });
  return { paused, pending: changing.isPending, toggle: () => changing.mutate(!own.snapshot()) };
}
