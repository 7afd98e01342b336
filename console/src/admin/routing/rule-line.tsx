import { type RoutingRule, ruleFindings } from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CloseIcon, OpenIcon } from "../../ui/theme/icons.ts";
import styles from "./rules.module.css";
import { useRuleWords } from "./use-rule-words.ts";

interface RuleLineProps {
  rule: RoutingRule;
  place: { index: number; last: boolean };
  groups: readonly UserGroup[];
  findings: readonly string[];
  isDragged: boolean;
  onDrag: (index: number | null) => void;
  onDrop: () => void;
  onMove: (by: 1 | -1) => void;
  onEdit: () => void;
  onChange: (rule: RoutingRule) => void;
  onDelete: () => void;
}

/** One rule: for whom its chats wait, when, and what is wrong with it. */
export function RuleLine(props: RuleLineProps) {
  const { rule, place, groups, findings, isDragged, onDrag, onDrop, onMove, onEdit, onChange, onDelete } =
    props;
  const { t } = useTranslation("routing");
  const { target, conditions } = useRuleWords(groups);
  const [isOver, setOver] = useState(false);
  const number = place.index + 1;
  return (
    <li
      className={styles.rule}
      data-off={rule.on ? undefined : true}
      data-over={isOver || undefined}
      data-dragged={isDragged || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        onDrag(place.index);
      }}
      onDragEnd={() => onDrag(null)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <span className={styles.handle} title={t("rules.drag")}>
        {number}
      </span>
      <Checkbox
        mt={6}
        aria-label={t("rules.on", { number })}
        checked={rule.on}
        onChange={(event) => onChange({ ...rule, on: event.currentTarget.checked })}
      />
      <div className={styles.words}>
        <bdi>{target(rule)}</bdi>
        <div className={styles.condition}>{conditions(rule)}</div>
        {findings.map((finding) => (
          <p key={finding} className={styles.finding}>
            {t(`findings.${ruleFindings.find((known) => known === finding) ?? "other"}`)}
          </p>
        ))}
      </div>
      <span className={styles.buttons}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("rules.up", { number })}
          disabled={place.index === 0}
          onClick={() => onMove(-1)}
        >
          <OpenIcon size={18} aria-hidden style={{ rotate: "180deg" }} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("rules.down", { number })}
          disabled={place.last}
          onClick={() => onMove(1)}
        >
          <OpenIcon size={18} aria-hidden />
        </ActionIcon>
        <Button variant="subtle" size="xs" aria-label={t("rules.change", { number })} onClick={onEdit}>
          {t("groups.change")}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("rules.delete", { number })}
          onClick={onDelete}
        >
          <CloseIcon size={18} aria-hidden />
        </ActionIcon>
      </span>
    </li>
  );
}
