import type { Language } from "@grata/contract/languages";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import styles from "./choice-panel.module.css";
import type { Offer } from "./use-choices.ts";

interface ChoiceRowProps {
  id: string;
  offer: Offer;
  /** The language that texts are wanted in; one in another says so. */
  wanted: Language;
  active: boolean;
  onPoint: () => void;
  onPick: () => void;
}

/** One quick reply: its name, where it belongs, and what it says. The keys are heard by the field. */
export function ChoiceRow({ id, offer, wanted, active, onPoint, onPick }: ChoiceRowProps) {
  const { t } = useTranslation("quickReplies");
  const { choice, text, language } = offer;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: The keys go to the field that this list belongs to.
    <div
      className={styles.option}
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={active}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={active ? undefined : onPoint}
      onClick={onPick}
    >
      <div className={styles.head}>
        <bdi className={styles.name}>{plainLine(choice.name)}</bdi>
        {choice.category !== "" && <bdi className={styles.category}>{plainLine(choice.category)}</bdi>}
        {choice.own && <span className={styles.own}>{t("choose.own")}</span>}
        {language !== wanted && (
          <span className={styles.other} lang={language}>
            {languageNames[language]}
          </span>
        )}
      </div>
      <div className={styles.text} lang={language} dir="auto">
        {plainLine(text)}
      </div>
    </div>
  );
}
