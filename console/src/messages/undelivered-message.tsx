import { type DeliveryReason, deliveryReasons } from "@grata/contract/entries";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { notify } from "../ui/notices/notices.ts";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import styles from "./message-status.module.css";
import type { Undelivered } from "./timeline.ts";

/** Why a message did not reach the customer, and to whoever serves them another attempt. Sent twice, it goes out once. */
export function UndeliveredMessage({
  conversationId,
  message: { seq, deliveryVersion, reason },
}: {
  conversationId: string;
  message: Undelivered;
}) {
  const { t } = useTranslation();
  const live = useLive();
  const sentenceOf = useSentence();
  const served = useObservable(live.current).items.some(({ id }) => id === conversationId);
  const resending = useMutation({
    mutationFn: () => live.line.request("message.resend", { conversationId, seq, deliveryVersion }),
    onError: (error) => notify(sentenceOf(error)),
  });
  if (reason === null && !served) return null;
  return (
    <div className={styles.failed}>
      {reason !== null && (
        <span>
          {isKnown(reason) ? t(`messages.delivery.reasons.${reason}`) : <bdi>{plainLine(reason)}</bdi>}
        </span>
      )}
      {served && (
        <Button
          size="compact-xs"
          variant="default"
          // Until the news of what it led to take this away.
          loading={resending.isPending || resending.isSuccess}
          onClick={() => resending.mutate()}
        >
          {t("messages.delivery.resend")}
        </Button>
      )}
    </div>
  );
}

function isKnown(reason: string): reason is DeliveryReason {
  return (deliveryReasons as readonly string[]).includes(reason);
}
