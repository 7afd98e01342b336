import { useTranslation } from "react-i18next";
import { useTyping } from "../live/use-typing.ts";
import styles from "./typing-line.module.css";

interface TypingLineProps {
  conversationId: string;
  customerName: string;
}

/** Says below the messages that the customer is writing. Its place is always there, so that nothing moves. */
export function TypingLine({ conversationId, customerName }: TypingLineProps) {
  const { t } = useTranslation();
  const typing = useTyping(conversationId);
  return (
    <div className={styles.line} role="status">
      {typing && (
        <>
          <span className={styles.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          {t("messages.typing", { name: customerName })}
        </>
      )}
    </div>
  );
}
