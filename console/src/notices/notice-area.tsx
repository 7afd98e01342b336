import { Notification } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useObservable } from "../live/use-observable.ts";
import styles from "./notice-area.module.css";
import { dismissNotice, notices } from "./notices.ts";

/** Where short notices appear. The region is always there, so that screen readers hear what enters it. */
export function NoticeArea() {
  const { t } = useTranslation();
  const shown = useObservable(notices);
  return (
    <div className={styles.area} role="status">
      {shown.map(({ id, sentence }) => (
        <Notification
          key={id}
          withBorder
          onClose={() => dismissNotice(id)}
          closeButtonProps={{ "aria-label": t("dismiss") }}
        >
          {sentence}
        </Notification>
      ))}
    </div>
  );
}
