import type { AbsentChat } from "@grata/contract/absent-chats";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../../customers/customer-face.tsx";
import { useCustomerName } from "../../customers/use-customer-name.ts";
import { useElapsed } from "../../live/time/use-elapsed.ts";
import { messageWords } from "../../ui/names/message-words.ts";
import { notify } from "../../ui/notices/notices.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import styles from "./absent-chats.module.css";
import { takeOver } from "./requests.ts";
import { usePutBack } from "./use-put-back.ts";

/** A chat whose agent is away: whose, on which channel, what was said last, and whether a reply is due. */
export function AbsentChatLine({ chat }: { chat: AbsentChat }) {
  const { t } = useTranslation();
  const name = useCustomerName(chat.customer);
  const { put, pending } = usePutBack(chat.agent);
  const sentenceOf = useSentence();
  const taking = useMutation({
    mutationFn: () => takeOver(chat.id),
    onSuccess: () => notify(t("absentChats.takenOver", { name })),
    onError: (error) => notify(sentenceOf(error)),
  });
  const since = chat.unansweredSince;
  return (
    <li className={styles.line}>
      <CustomerFace customer={chat.customer} since={since} />
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>{name}</bdi>
          <span className={styles.channel}>
            {" · "}
            <bdi>{plainLine(chat.channel.name)}</bdi>
          </span>
        </span>
        <bdi className={styles.excerpt}>{messageWords(t, chat.last)}</bdi>
        <span className={styles.state}>
          {since === null ? t("absentChats.answered") : <Waiting since={since} />}
        </span>
      </span>
      <Button
        variant="default"
        size="xs"
        loading={taking.isPending}
        aria-label={t("absentChats.takeOverOne", { name })}
        onClick={() => taking.mutate()}
      >
        {t("absentChats.takeOver")}
      </Button>
      <Button
        variant="default"
        size="xs"
        loading={pending}
        aria-label={t("absentChats.putBackOne", { name })}
        onClick={() => put([chat.id])}
      >
        {t("absentChats.putBack")}
      </Button>
    </li>
  );
}

function Waiting({ since }: { since: number }) {
  const { t } = useTranslation();
  return t("absentChats.waiting", { duration: useElapsed(since) });
}
