import type { Mail } from "@grata/contract/mails";
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { notify } from "../../ui/notices/notices.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { formatExactly } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import styles from "./mail-item.module.css";
import { retryMail } from "./requests.ts";

/** One mail: to whom, what it says, where it stands. */
export function MailItem({ mail, sending }: { mail: Mail; sending: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { now } = useLive();
  const sentenceOf = useSentence();
  const isLater = mail.nextAttemptAt !== null && mail.nextAttemptAt > now();
  const retrying = useMutation({
    mutationFn: () => retryMail(mail.id),
    onSuccess: () => notify(t("mails.retried")),
    onError: (error) => notify(sentenceOf(error)),
  });
  return (
    <li className={styles.mail}>
      <div className={styles.head}>
        <span>
          <Text component="span" fw={600} lang={mail.language}>
            <bdi>{plainLine(mail.subject)}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            <bdi>{plainLine(mail.recipient)}</bdi> · {formatExactly(mail.createdAt, locale)}
          </Text>
        </span>
        <span className={styles.state} data-state={mail.state}>
          {t(`mails.states.${mail.state}`)}
        </span>
      </div>
      {mail.sentAt !== null && (
        <Text size="sm">{t("mails.sentAt", { time: formatExactly(mail.sentAt, locale) })}</Text>
      )}
      {mail.lastError !== null && (
        <Text size="sm">
          {t("mails.failedTimes", { count: mail.attempts, reason: plainLine(mail.lastError) })}
        </Text>
      )}
      {mail.state === "waiting" && sending && mail.nextAttemptAt !== null && isLater && (
        <Text size="sm">{t("mails.nextAttempt", { time: formatExactly(mail.nextAttemptAt, locale) })}</Text>
      )}
      <details>
        <summary>{t("mails.show")}</summary>
        <p className={styles.text} lang={mail.language} dir="auto">
          {mail.text}
        </p>
      </details>
      {mail.state !== "sent" && (mail.attempts > 0 || isLater) && sending && (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          loading={retrying.isPending}
          onClick={() => retrying.mutate()}
        >
          {t(mail.attempts > 0 ? "mails.retry" : "mails.sendNow")}
        </Button>
      )}
    </li>
  );
}
