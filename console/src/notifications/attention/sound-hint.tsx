import { useTranslation } from "react-i18next";
import { useObservable } from "../../ui/store/use-observable.ts";
import { SilentIcon } from "../../ui/theme/icons.ts";
import { chimes } from "./chimes.ts";
import styles from "./sound-hint.module.css";

/** Says that the browser keeps the console silent until the first click; a click on it is one. */
export function SoundHint() {
  const { t } = useTranslation();
  if (useObservable(chimes.state) !== "blocked") return null;
  return (
    <button type="button" className={styles.hint} title={t("attention.blocked")}>
      <SilentIcon size={16} aria-hidden />
      <span className={styles.word}>{t("attention.silent")}</span>
    </button>
  );
}
