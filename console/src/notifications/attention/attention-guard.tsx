import type { NotificationPreference } from "@grata/contract/http";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { ownPauseOf } from "../../presence/own-pause.ts";
import { keepReachable } from "../push/keep-reachable.ts";
import { callAttention, TOLD, WAIT_LIST } from "./attention.ts";
import { chimes } from "./chimes.ts";
import type { Happening } from "./happenings.ts";
import type { PopUp } from "./pop-ups.ts";
import { popUpWords, toldWords } from "./words.ts";

/** Calls the agent by sound and pop-up wherever in the console they are. Shows nothing itself. */
export function AttentionGuard({ preference }: { preference: NotificationPreference }) {
  const { t } = useTranslation();
  const live = useLive();
  const navigate = useNavigate();
  const preferred = useEffectEvent(() => preference);
  const described = useEffectEvent(describe);
  useEffect(
    () =>
      callAttention({
        live,
        chimes,
        preference: () => preferred(),
        paused: ownPauseOf(live).snapshot,
        describe: (happening) => described(happening),
      }),
    [live],
  );
  const opened = useEffectEvent(open);
  useEffect(() => keepReachable(live.userId, (id) => opened(id)), [live]);
  return null;

  /** Goes to a chat, or to the wait list. */
  function open(conversationId: string | null): void {
    void (conversationId === null
      ? navigate({ to: "/console" })
      : navigate({ to: "/console/chats/$conversationId", params: { conversationId } }));
  }

  function describe(happening: Happening): PopUp {
    if (happening.kind === "message") {
      const { id, customer, last } = happening.chat;
      return {
        about: id,
        ...popUpWords(t, { kind: "message", customer, last }),
        onClick: () => open(id),
      };
    }
    if (happening.kind === "told") {
      const { told } = happening;
      return { about: TOLD, ...toldWords(t, told), onClick: () => open(told.conversationId) };
    }
    const { customer: waiting } = happening;
    return {
      about: waiting?.id ?? WAIT_LIST,
      ...(waiting
        ? popUpWords(t, { kind: "waiting", customer: waiting.customer, last: waiting.last })
        : { title: t("attention.somebodyWaits"), body: "" }),
      onClick: () => open(null),
    };
  }
}
