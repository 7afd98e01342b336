import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { ChatFacts } from "../customers/use-chat-facts.ts";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { MailIcon } from "../ui/theme/icons.ts";
import styles from "./by-mail-line.module.css";

/** Says that what the agent writes reaches a customer who is gone, and where. */
export const ByMailLine = memo(function ByMailLine({ facts }: { facts: ChatFacts }) {
  const { t } = useTranslation();
  const { email } = facts.customer;
  if (!facts.answersByMail || email === null) {
    return null;
  }
  return (
    <p className={styles.line}>
      <MailIcon size={14} aria-hidden />
      <bdi>{t("chats.byMail", { email: plainLine(email) })}</bdi>
    </p>
  );
});
