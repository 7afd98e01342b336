import type { NotificationPreference } from "@grata/contract/http";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { givenName } from "../customers/customer-name.ts";
import { messageWords } from "../files/message-words.ts";
import { useLive } from "../live/live-provider.tsx";
import { callAttention, WAIT_LIST } from "./attention.ts";
import { chimes } from "./chimes.ts";
import type { Happening } from "./happenings.ts";
import type { PopUp } from "./pop-ups.ts";

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
        describe: (happening) => described(happening),
      }),
    [live],
  );
  return null;

  function describe(happening: Happening): PopUp {
    if (happening.kind === "message") {
      const { id, customer, last } = happening.chat;
      return {
        about: id,
        title: nameOf(customer),
        body: messageWords(t, last),
        onClick: () =>
          void navigate({ to: "/console/chats/$conversationId", params: { conversationId: id } }),
      };
    }
    const { customer: waiting } = happening;
    return {
      about: waiting?.id ?? WAIT_LIST,
      title: waiting
        ? t("attention.waits", { name: nameOf(waiting.customer) })
        : t("attention.somebodyWaits"),
      body: waiting ? messageWords(t, waiting.last) : "",
      onClick: () => void navigate({ to: "/console" }),
    };
  }

  function nameOf(customer: Parameters<typeof givenName>[0]): string {
    return givenName(customer) ?? t("customer.visitor", { reference: customer.reference });
  }
}
