import { retryDelay } from "@grata/client/failures";
import { after } from "@grata/client/timers";
import { Button, Notification } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSentence } from "../texts/use-sentence.ts";
import styles from "./notice-area.module.css";
import { type Notice, notify, renewNotice, settleNotice, type Undo } from "./notices.ts";

/** The second half of a double click on what is below comes so soon: on a phone a notice covers the button that brought it. */
const DOUBLE_CLICK = 500;

interface NoticeLineProps {
  notice: Notice;
  /** The shortcut takes back what this one tells. */
  newest: boolean;
  onDismiss: () => void;
}

/** One notice. What it tells is taken back once, and it stays where it is meanwhile: nothing moves under the mouse. */
export function NoticeLine({ notice: { id, sentence, undo }, newest, onDismiss }: NoticeLineProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [undoing, setUndoing] = useState(false);
  const [fresh, setFresh] = useState(true);
  useEffect(() => after(DOUBLE_CLICK, () => setFresh(false)), []);

  async function takeBack(undo: Undo): Promise<void> {
    setUndoing(true);
    try {
      settleNotice(id, await undo());
    } catch (error) {
      if (retryDelay(error, 0) === undefined) {
        settleNotice(id, sentenceOf(error));
      } else {
        renewNotice(id);
        notify(sentenceOf(error));
      }
    } finally {
      setUndoing(false);
    }
  }

  return (
    <Notification
      withBorder
      data-fresh={fresh}
      onClose={onDismiss}
      closeButtonProps={{ "aria-label": t("dismiss") }}
    >
      {sentence}
      {undo && (
        <Button
          className={styles.undo}
          variant="light"
          size="compact-md"
          loading={undoing}
          onClick={() => void takeBack(undo)}
          {...(newest && { "data-shortcut": "undo", "aria-keyshortcuts": "z" })}
        >
          {t("undo")}
        </Button>
      )}
    </Notification>
  );
}
