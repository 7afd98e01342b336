import type { ConnectionState as State } from "@grata/client/connection";
import {
  IconCircleCheck,
  IconCloudOff,
  IconLoader,
  IconLogout,
  IconPlugConnectedX,
  IconRefreshAlert,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLineReport } from "../live/use-line-report.ts";
import styles from "./connection-state.module.css";

const icons: Record<State, TablerIcon> = {
  connecting: IconLoader,
  open: IconCircleCheck,
  lost: IconCloudOff,
  reload_required: IconRefreshAlert,
  refused: IconPlugConnectedX,
  ended: IconLogout,
};

/** Says by word and icon whether what is on screen is live; a change is spoken. */
export function ConnectionState() {
  const { t } = useTranslation();
  const { state } = useLineReport();
  const Icon = icons[state];
  return (
    <div className={styles.state} role="status" data-state={state}>
      <Icon size={18} aria-hidden />
      <span className={styles.word}>{t(`connection.${state}`)}</span>
    </div>
  );
}
