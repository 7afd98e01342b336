import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { notify } from "../ui/notices/notices.ts";
import { toldWords } from "./attention/words.ts";

/** Says on screen that a colleague handed a chat to the user, or mentions them. Shows nothing itself. */
export function ToldNotice() {
  const { t } = useTranslation();
  const { told } = useLive();
  const say = useEffectEvent(() => {
    const news = told.snapshot();
    if (news === null) return;
    const { title, body } = toldWords(t, news);
    notify(body === "" ? title : `${title}: ${body}`);
  });
  useEffect(() => told.subscribe(() => say()), [told]);
  return null;
}
