import { type RoutingRule, rulesLimit } from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Text, Title, VisuallyHidden } from "@mantine/core";
import { Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { latePart } from "../../ui/late/late-part.tsx";
import styles from "../../ui/pages/page.module.css";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { AdminIcon } from "../../ui/theme/icons.ts";
import { RuleLine } from "./rule-line.tsx";
import rulesStyles from "./rules.module.css";

const RuleDialog = latePart(async () => (await import("./rule-dialog.tsx")).RuleDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

interface RulesSectionProps {
  groups: readonly UserGroup[];
  rules: readonly RoutingRule[];
  findings: Readonly<Record<string, readonly string[]>>;
  onChange: (rules: RoutingRule[]) => void;
}

/** The rules in their order, moved by dragging or by the buttons of each. */
export function RulesSection({ groups, rules, findings, onChange }: RulesSectionProps) {
  const { t } = useTranslation("routing");
  const heading = useId();
  const [edited, setEdited] = useState<{ rule: RoutingRule | null } | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState("");

  function move(from: number, to: number): void {
    const rule = rules[from];
    if (rule === undefined || to < 0 || to >= rules.length || from === to) return;
    onChange(rules.toSpliced(from, 1).toSpliced(to, 0, rule));
    setSaid(t("rules.moved", { number: from + 1, place: to + 1 }));
  }

  function keep(rule: RoutingRule): void {
    const isNew = !rules.some(({ id }) => id === rule.id);
    onChange(isNew ? [...rules, rule] : rules.map((other) => (other.id === rule.id ? rule : other)));
    setEdited(null);
  }

  return (
    <section className={styles.card} aria-labelledby={heading}>
      <div>
        <Title order={2} size="h4" id={heading}>
          {t("rules.title")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("rules.hint")}
        </Text>
      </div>
      {rules.length === 0 ? (
        <EmptyView icon={AdminIcon} title={t("rules.none")} hint={t("rules.noneHint")} />
      ) : (
        <ol className={rulesStyles.list}>
          {rules.map((rule, index) => (
            <RuleLine
              key={rule.id}
              rule={rule}
              place={{ index, last: index === rules.length - 1 }}
              groups={groups}
              findings={findings[rule.id] ?? []}
              isDragged={dragged === index}
              onDrag={setDragged}
              onDrop={() => dragged !== null && move(dragged, index)}
              onMove={(by) => move(index, index + by)}
              onEdit={() => setEdited({ rule })}
              onChange={keep}
              onDelete={() => onChange(rules.filter((other) => other !== rule))}
            />
          ))}
        </ol>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {rules.length >= rulesLimit ? (
        <Text size="sm" c="dimmed">
          {t("rules.tooMany")}
        </Text>
      ) : (
        <Button variant="default" w="fit-content" onClick={() => setEdited({ rule: null })}>
          {t("rules.new")}
        </Button>
      )}
      {edited !== null && (
        <Suspense>
          <RuleDialog
            rule={edited.rule}
            number={edited.rule === null ? null : rules.indexOf(edited.rule) + 1}
            groups={groups}
            onSave={keep}
            onClose={() => setEdited(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
