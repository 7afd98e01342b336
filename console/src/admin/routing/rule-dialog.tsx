import { createClientId } from "@grata/client/client-id";
import type { RoutingRule } from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { Button, Group, NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { ConditionFields } from "./condition-fields.tsx";

interface RuleDialogProps {
  /** Null: a new one. */
  rule: RoutingRule | null;
  number: number | null;
  groups: readonly UserGroup[];
  onSave: (rule: RoutingRule) => void;
  onClose: () => void;
}

/** For whom the chats of a rule wait, and its conditions. Nothing is saved before the list is. */
export function RuleDialog({ rule, number, groups, onSave, onClose }: RuleDialogProps) {
  const { t } = useTranslation(["routing", "console"]);
  const [groupId, setGroupId] = useState(rule === null ? (groups[0]?.id ?? null) : rule.groupId);
  const [when, setWhen] = useState(rule?.when ?? {});
  const { field } = when;
  const isMissing =
    field !== undefined && (field.test === "is" || field.test === "contains") && (field.value ?? "") === "";
  const isGone = groupId !== null && !groups.some(({ id }) => id === groupId);
  return (
    <Dialog
      title={number === null ? t("rules.newTitle") : t("rules.changeTitle", { number })}
      size="lg"
      onClose={onClose}
    >
      <form
        noValidate
        style={{ display: "grid", gap: "1rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isMissing) onSave({ id: rule?.id ?? createClientId(), on: rule?.on ?? true, groupId, when });
        }}
      >
        <NativeSelect
          label={t("rules.target")}
          value={groupId ?? ""}
          data-autofocus
          onChange={(event) => setGroupId(event.currentTarget.value || null)}
        >
          <option value="">{t("rules.everybody")}</option>
          {isGone && <option value={groupId}>{t("rules.goneGroup")}</option>}
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {plainLine(name)}
            </option>
          ))}
        </NativeSelect>
        <div>
          <Text fw={600}>{t("conditions.title")}</Text>
          <Text size="sm" c="dimmed">
            {t("conditions.hint")}
          </Text>
        </div>
        <ConditionFields when={when} isValueMissing={isMissing} onChange={setWhen} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("console:cancel")}
          </Button>
          <Button type="submit" disabled={isMissing}>
            {t("rules.apply")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
