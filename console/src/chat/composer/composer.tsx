import type { ChannelCapabilities } from "@grata/contract/channels";
import { ActionIcon, Textarea, VisuallyHidden } from "@mantine/core";
import { memo, Suspense, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useStaged } from "../../messages/files/use-staged.ts";
import { TalkButton } from "../../messages/voice/lazy.ts";
import { sends } from "../../ui/keys/sends.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { SendIcon } from "../../ui/theme/icons.ts";
import { EmojiButton } from "../emoji/emoji-button.tsx";
import { quickRepliesTexts } from "../quick-replies/quick-replies-texts.ts";
import { checkMessage } from "./check-message.ts";
import styles from "./composer.module.css";

const QuickReplies = latePart(async () => (await import("../quick-replies/quick-replies.tsx")).QuickReplies, {
  place: "button",
  texts: [quickRepliesTexts],
  ahead: true,
});
// Without the button beside it nothing is staged, and that one says so.
const Staging = latePart(async () => (await import("../../messages/files/staging.tsx")).Staging, {
  place: "nothing",
  ahead: true,
});
const AttachButton = latePart(
  async () => (await import("../../messages/files/attach-button.tsx")).AttachButton,
  {
    place: "button",
    ahead: true,
  },
);

/** The limit is no concern of anybody who is far from it. */
const SHOW_REMAINING = 1000;

interface ComposerProps {
  conversationId: string;
  customerName: string;
  /** Capabilities of the chat's channel. */
  capabilities: ChannelCapabilities;
}

/** Where a message is written. Each letter is kept in the browser until it is sent, and then in the outgoing queue. */
export const Composer = memo(function Composer({
  conversationId,
  customerName,
  capabilities: { files: kinds, voice, textLimit },
}: ComposerProps) {
  const { t } = useTranslation();
  const { drafts, outgoing, typingTold, uploads } = useLive();
  const staged = useStaged(conversationId);
  const [text, setText] = useState(() => drafts.read(conversationId));
  const field = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const check = checkMessage(text, textLimit);
  const hasFiles = staged.files.length > 0;
  const sendable = check.kind === "sendable" || (check.kind === "empty" && hasFiles);

  useEffect(() => {
    // On a touch screen the focus would open the keyboard over the messages.
    if (window.matchMedia("(pointer: fine)").matches) {
      field.current?.focus();
    }
  }, []);

  function write(next: string): void {
    setText(next);
    drafts.write(conversationId, next);
    typingTold.tell(conversationId, next.trim() !== "");
  }

  function send(): void {
    if (sendable) {
      typingTold.sent(conversationId);
      if (hasFiles) {
        void sendFiles();
      } else {
        outgoing.add(conversationId, text);
      }
      write("");
    }
    field.current?.focus();
  }

  /** What is written goes with the first of them. */
  async function sendFiles(): Promise<void> {
    const { files } = staged;
    staged.set({ files: [], refused: [] });
    try {
      const open = await uploads();
      for (const [index, file] of files.entries()) {
        open.add(conversationId, index === 0 ? text.trim() : "", file);
      }
    } catch {
      // What sends files could not be loaded: nothing is gone.
      staged.set({ files, refused: [] });
      write(text);
    }
  }

  /** Puts an emoji where the writer is; the browser's own undo keeps working. */
  function insert(emoji: string): void {
    const area = field.current;
    if (area !== null) {
      area.setRangeText(emoji, area.selectionStart, area.selectionEnd, "end");
      write(area.value);
    }
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Suspense>
        <Staging conversationId={conversationId} kinds={kinds} onStaged={() => field.current?.focus()} />
      </Suspense>
      <div className={styles.box} data-wrong={problem() !== null}>
        <Textarea
          ref={field}
          className={styles.field}
          data-shortcut="composer"
          classNames={{ input: styles.input }}
          variant="unstyled"
          aria-label={t("composer.label", { name: customerName })}
          aria-describedby={hintId}
          aria-invalid={problem() !== null}
          placeholder={t("composer.placeholder")}
          dir="auto"
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            const { isComposing } = event.nativeEvent;
            const { key, shiftKey, altKey, keyCode } = event;
            if (sends({ key, shiftKey, altKey, keyCode, isComposing })) {
              event.preventDefault();
              send();
            }
          }}
        />
        <Suspense fallback={<span className={styles.place} />}>
          <QuickReplies conversationId={conversationId} field={field} onText={write} />
        </Suspense>
        {kinds.length > 0 && (
          <Suspense fallback={<span className={styles.place} />}>
            <AttachButton
              conversationId={conversationId}
              kinds={kinds}
              onStaged={() => field.current?.focus()}
            />
          </Suspense>
        )}
        <EmojiButton onPick={insert} onClose={() => field.current?.focus()} />
        {voice && (
          <Suspense fallback={<span className={styles.place} />}>
            <TalkButton conversationId={conversationId} onEnd={() => field.current?.focus()} />
          </Suspense>
        )}
        <ActionIcon type="submit" size={36} aria-label={t("composer.send")} disabled={!sendable}>
          <SendIcon size={20} aria-hidden />
        </ActionIcon>
      </div>
      <p className={styles.hint} id={hintId} data-wrong={problem() !== null}>
        {problem() ?? <span className={styles.keys}>{t("composer.hint")}</span>}
        {check.kind === "sendable" && check.remaining < SHOW_REMAINING && (
          <span>{t("composer.remaining", { count: check.remaining })}</span>
        )}
      </p>
      <VisuallyHidden role="status">{problem()}</VisuallyHidden>
    </form>
  );

  function problem(): string | null {
    switch (check.kind) {
      case "empty":
      case "sendable":
        return null;
      case "too_long":
        return t("composer.tooLong", { length: check.length, limit: check.limit });
      case "not_text":
        return t("composer.notText");
    }
  }
});
