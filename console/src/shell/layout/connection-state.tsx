import type { ConnectionState as State } from "@grata/client/connection";
import { useTranslation } from "react-i18next";
import { useLineReport } from "../../live/use-line-report.ts";
import {
  ConnectedIcon,
  ConnectingIcon,
  type Icon,
  LostIcon,
  RefusedIcon,
  ReloadIcon,
  SignOutIcon,
} from "../../ui/theme/icons.ts";
import styles from "./connection-state.module.css";

const icons: Record<State, Icon> = {
  connecting: ConnectingIcon,
  open: ConnectedIcon,
  lost: LostIcon,
  reload_required: ReloadIcon,
  refused: RefusedIcon,
  ended: SignOutIcon,
};

/** Says by word and icon whether what is on screen is live; a change is spoken. */
export function ConnectionState() {
  const { t } = useTranslation();
  const { state } = useLineReport();
  const StateIcon = icons[state];
  return (
    <div className={styles.state} role="status" data-state={state}>
      <StateIcon size={16} aria-hidden />
      <span className={styles.word}>{t(`connection.${state}`)}</span>
    </div>
  );
}
