import { nameIn } from "@grata/client/shown-name";
import { memo, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useLanguage } from "../ui/texts/use-language.ts";
import { formatInstant, formatTime } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import { MessageFile } from "./files/lazy-message-file.ts";
import styles from "./message-bubble.module.css";
import { FailedMessage, MessageStatusSign } from "./message-status.tsx";
import { MessageText } from "./message-text.tsx";
import type { MessageRow } from "./timeline.ts";
import { UndeliveredMessage } from "./undelivered-message.tsx";

type MessageBubbleProps = Omit<MessageRow, "kind" | "key" | "seq" | "userId"> & {
  /** What the customer of this chat is called now. */
  customerName: string;
  conversationId: string;
  /** What the user who wrote it is called now, where that is to be told. */
  writer: string | null;
  /** The reader was led to it. */
  looked: boolean;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
};

/** One message: whose, what, when, and where it stands. The customer's stand left, the team's right. */
export const MessageBubble = memo(function MessageBubble(props: MessageBubbleProps) {
  const { author, mine, text, file, at, begins, status, clientId } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const language = useLanguage();
  return (
    <div
      className={styles.row}
      data-side={author === "customer" ? "theirs" : "ours"}
      data-begins={begins}
      data-status={status.kind}
      data-looked={props.looked || undefined}
      data-note={props.isNote || undefined}
    >
      {begins && <bdi className={styles.name}>{nameOf()}</bdi>}
      <div className={styles.bubble} data-file={file !== null}>
        {file !== null && (
          <Suspense>
            <MessageFile
              file={file}
              conversationId={props.conversationId}
              clientId={clientId}
              own={author !== "customer"}
              status={status}
              onCancel={props.onDiscard}
            />
          </Suspense>
        )}
        {text !== "" && <MessageText text={text} />}
        <span className={styles.foot}>
          {at !== null && (
            <time dateTime={new Date(at).toISOString()} title={formatInstant(at, locale)}>
              {formatTime(at, locale)}
            </time>
          )}
          {author !== "customer" && !props.isNote && <MessageStatusSign status={status} />}
        </span>
      </div>
      {status.kind === "stored" && status.undelivered && (
        <UndeliveredMessage
          key={status.undelivered.deliveryVersion}
          conversationId={props.conversationId}
          message={status.undelivered}
        />
      )}
      {status.kind === "failed" && (
        <FailedMessage
          reason={status.failure.message || t("files.lost")}
          onRetry={() => clientId !== null && props.onRetry(clientId)}
          onDiscard={() => clientId !== null && props.onDiscard(clientId)}
        />
      )}
    </div>
  );

  function nameOf(): string {
    const shown = mine ? t("messages.you") : shownName();
    if (props.isNote) return t("messages.noteBy", { name: shown });
    const writer = plainLine(props.writer ?? "");
    const as = plainLine(nameIn(props.as ?? [], language)?.name ?? "");
    if (as !== "") return t("messages.writer", { writer: (!mine && writer) || shown, shown: as });
    return writer === "" || mine || writer === shown ? shown : t("messages.writer", { writer, shown });
  }

  function shownName(): string {
    const name = plainLine(props.name ?? "");
    switch (author) {
      case "customer":
        return name || props.customerName;
      case "user":
        return name || t("messages.somebody");
      case "bot":
        return name || t("messages.bot");
      case "system":
        return t("messages.system");
    }
  }
});
