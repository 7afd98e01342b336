import { ActionIcon, Button, Menu } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Entrance } from "../entrance/entrance.tsx";
import { WarningIcon } from "../theme/icons.ts";
import styles from "./late-failure.module.css";

/**
 * - `entrance`: a page before the console. `page`: one of the console. `section`: a part of one.
 * - `dialog`, `menu`, `button`: as its name says. `nothing`: it has no view of its own.
 */
export type Place = "entrance" | "page" | "section" | "dialog" | "menu" | "button" | "nothing";

interface LateFailureProps {
  place: Place;
  onRetry: () => void;
  onClose?: (() => void) | undefined;
}

/** Says in the place of a part that it could not be loaded, and offers another attempt. */
export function LateFailure({ place, onRetry, onClose }: LateFailureProps) {
  const { t } = useTranslation();
  switch (place) {
    case "nothing":
      return null;
    case "button":
      return (
        <ActionIcon
          variant="subtle"
          color="red"
          size={36}
          data-late="failed"
          aria-label={t("late.button")}
          title={t("late.button")}
          onClick={onRetry}
        >
          <WarningIcon size={20} aria-hidden />
        </ActionIcon>
      );
    case "menu":
      return (
        <Menu.Item
          data-late="failed"
          closeMenuOnClick={false}
          leftSection={<WarningIcon size={16} aria-hidden />}
          onClick={onRetry}
        >
          {t("late.button")}
        </Menu.Item>
      );
    case "entrance":
      return (
        <Entrance title={t("failures.page")}>
          <Message onRetry={onRetry} />
        </Entrance>
      );
    case "page":
      return (
        <main className={styles.page} id="content" tabIndex={-1}>
          <Message onRetry={onRetry} />
        </main>
      );
    case "dialog":
      return <FailureDialog onRetry={onRetry} onClose={onClose} />;
    case "section":
      return <Message onRetry={onRetry} onClose={onClose} />;
  }
}

function Message({ onRetry, onClose }: Omit<LateFailureProps, "place">) {
  const { t } = useTranslation();
  return (
    <div className={styles.message} role="alert" data-late="failed">
      <span>
        <WarningIcon className={styles.sign} size={16} aria-hidden />
        {t("late.failed")}
      </span>
      <span className={styles.actions}>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t("retry")}
        </Button>
        {onClose !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t("late.close")}
          </Button>
        )}
      </span>
    </div>
  );
}

/** The browser's own dialog: the console's is one of the parts that may be missing. */
function FailureDialog({ onRetry, onClose }: Omit<LateFailureProps, "place">) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={t("late.failed")}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <Message onRetry={onRetry} onClose={onClose} />
    </dialog>
  );
}
