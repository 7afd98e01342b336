import { useTranslation } from "react-i18next";
import styles from "./lines.module.css";

/** Stands above the first message that the agent had not seen when they came. */
export function NewLine() {
  const { t } = useTranslation();
  return (
    <div className={styles.new}>
      <span>{t("messages.newLine")}</span>
    </div>
  );
}
