import { Checkbox, NativeSelect, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import type { RoutingDraft } from "./routing-form.tsx";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";

interface VisibilitySectionProps {
  settings: RoutingDraft;
  onChange: (part: Partial<RoutingDraft>) => void;
}

/** Sets if groups see chats that wait for everybody, and when a group's own chats open to everybody. */
export function VisibilitySection({ settings, onChange }: VisibilitySectionProps) {
  const { t } = useTranslation("routing");
  const heading = useId();
  const { groupsSeeEverybody, overflowMinutes } = settings;
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <Title order={2} size="h4" id={heading}>
        {t("visibility.title")}
      </Title>
      <Checkbox
        label={t("visibility.everybody")}
        checked={groupsSeeEverybody}
        onChange={(event) => onChange({ groupsSeeEverybody: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t("visibility.overflow")}
        maw="24rem"
        value={overflowMinutes ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange({ overflowMinutes: value === "" ? null : Number(value) })
        }
      >
        <option value="">{t("visibility.never")}</option>
        {minutesOffered(overflowMinutes).map((minutes) => (
          <option key={minutes} value={minutes}>
            {t("visibility.minutes", { count: minutes })}
          </option>
        ))}
      </NativeSelect>
    </section>
  );
}

const usual = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 240];

/** The usual times, and one that was set by another way. */
const minutesOffered = (set: number | null) =>
  set === null || usual.includes(set) ? usual : [...usual, set].sort((one, other) => one - other);
